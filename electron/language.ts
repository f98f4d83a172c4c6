import { app } from 'electron';

/** British, whatever the machine is set to: what Chromium itself writes (lists, menus, a printed page's date) follows this. */
export function setupLanguage(): void {
  app.commandLine.appendSwitch('lang', 'en-GB');
}
