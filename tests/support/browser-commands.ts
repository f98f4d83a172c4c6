import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { init } from '@embedpdf/pdfium';
import type { BrowserCommand } from 'vitest/node';
import '@vitest/browser-playwright';

/* What a component test asks of the process that drives its browser. */

interface Exports {
  readonly malloc: (bytes: number) => number;
  readonly memory: WebAssembly.Memory;
}

/** The text of each page of a PDF. */
async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const wasm = await readFile(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
  const pdfium = await init({ wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) });
  pdfium.PDFiumExt_Init();
  const { malloc, memory } = pdfium.pdfium.wasmExports as unknown as Exports;
  const at = malloc(pdf.length);
  new Uint8Array(memory.buffer, at, pdf.length).set(pdf);
  const document = pdfium.FPDF_LoadMemDocument(at, pdf.length, '');
  return Array.from({ length: pdfium.FPDF_GetPageCount(document) }, (_, index) => {
    const text = pdfium.FPDFText_LoadPage(pdfium.FPDF_LoadPage(document, index));
    const length = pdfium.FPDFText_CountChars(text);
    const into = malloc(2 * (length + 1));
    pdfium.FPDFText_GetText(text, 0, length, into);
    return pdfium.pdfium.UTF16ToString(into).replaceAll(/\s+/g, ' ');
  });
}

/** The text of each sheet that Chromium prints of a document. @param html the whole of it */
export const printedPages: BrowserCommand<[html: string]> = async ({ context }, html): Promise<string[]> => {
  const page = await context.newPage();
  try {
    await page.setContent(html);
    return await pagesOf(await page.pdf({ format: 'A4' }));
  } finally {
    await page.close();
  }
};

/** What Windows calls high contrast: the system sets the colours. */
export const forceColours: BrowserCommand<[active: boolean]> = ({ page }, active) =>
  page.emulateMedia({ forcedColors: active ? 'active' : 'none' });
