import { commands } from 'vitest/browser';

declare module 'vitest/browser' {
  interface BrowserCommands {
    printedPages: (html: string) => Promise<string[]>;
    forceColours: (active: boolean) => Promise<void>;
  }
}

/** What is done in the process that drives the browser (tests/support/browser-commands.ts). */
export const inNode = commands;
