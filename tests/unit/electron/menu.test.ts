import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { setupMenu } from '#electron/desktop.ts';
import { Menu } from '#tests/support/electron-stand-in.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));
beforeEach(() => void Menu.buildFromTemplate.mockClear());

function menuOn(platform: NodeJS.Platform) {
  setupMenu(platform);
  const [template = []] = Menu.buildFromTemplate.mock.lastCall ?? [];
  expect(Menu.setApplicationMenu).toHaveBeenCalledWith({ items: template });
  const items = template as readonly MenuItemConstructorOptions[];
  return items.flatMap(({ role, submenu }) => [role, ...((submenu ?? []) as typeof items).map((item) => item.role)]);
}

test.each(['linux', 'win32'] as const)(
  '%s has keys to edit, zoom, fill the screen and quit, and no others',
  (platform) => {
    expect(new Set(menuOn(platform))).toEqual(
      new Set([undefined, 'quit', 'editMenu', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen']),
    );
  },
);

test('macOS has its application menu', () => {
  expect(menuOn('darwin')).toContain('appMenu');
});

test('zooming in works with and without Shift', () => {
  setupMenu('linux');
  expect(JSON.stringify(Menu.buildFromTemplate.mock.lastCall)).toContain('CommandOrControl+=');
});
