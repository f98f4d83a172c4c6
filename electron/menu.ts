import { Menu, type MenuItemConstructorOptions } from 'electron';

/** Editing, zoom and quitting by the keys that a system's users expect; hidden until Alt is pressed. No reload, no DevTools. */
export function setupMenu(platform: NodeJS.Platform): void {
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }],
  };
  const application: MenuItemConstructorOptions =
    platform === 'darwin' ? { role: 'appMenu' } : { label: 'Probity', submenu: [{ role: 'quit' }] };
  Menu.setApplicationMenu(Menu.buildFromTemplate([application, { role: 'editMenu' }, view]));
}
