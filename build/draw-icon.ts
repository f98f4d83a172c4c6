/** Draws build/icons/icon.png from icon.svg; run by hand when the drawing changes. electron-builder makes the rest. */
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { chromiumLaunchOptions } from './chromium.ts';

const SIZE = 1024;
const drawing = await readFile(new URL('./icons/icon.svg', import.meta.url), 'utf8');

const browser = await chromium.launch(await chromiumLaunchOptions());
try {
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
  const picture = await page.screenshot({ omitBackground: true });
  await writeFile(new URL('./icons/icon.png', import.meta.url), picture);
} finally {
  await browser.close();
}
