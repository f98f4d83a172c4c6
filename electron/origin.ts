/**
 * Where the workbench lives inside Electron. No other origin is ever loaded, or heard. Of its own, because `npm start`
 * reads it without Electron.
 */
export const appScheme = 'app';
export const appOrigin = 'app://probity';
export const windowUrl = `${appOrigin}/`;
