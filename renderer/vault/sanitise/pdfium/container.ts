import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';
import wasm from '@embedpdf/pdfium/pdfium.wasm?url&inline';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { CannotStrip } from '../strip.ts';
import { boundMemory } from './bound-memory.ts';

/*
 * PDFium as WebAssembly (ADR 30). It reads what strangers sent; it reaches nothing but its own memory, which cannot grow
 * beyond a maximum. A container is for one file: it is not cleaned afterwards, but thrown away.
 */

/**
 * Bytes. Pages of 600 dpi need 75 MiB, a photograph of 60 million pixels 190, a progressive one of 24 million 310, since its
 * coefficients are all held at once. What needs more was made to.
 */
const mostMemory = 384 * 1024 * 1024;

export interface Container {
  /** PDFium's own functions. What they take and give as pointers are places in its memory. */
  readonly pdfium: WrappedPdfiumModule;
  /** Copies bytes into its memory, and says where they lie. */
  readonly put: (bytes: Bytes) => number;
  /** A view of its memory, which holds until PDFium is called again. */
  readonly view: (at: number, length: number) => Bytes;
  /** Bytes of memory that it has taken. It gives none back, so this is its peak. */
  readonly memory: () => number;
  /** @throws CannotStrip if it ever wanted more than it may have: what it drew since may lack something */
  readonly refuseStarved: () => void;
}

type Imports = Record<'env' | 'wasi_snapshot_preview1', Record<string, (...values: number[]) => number>>;
interface Overrides {
  readonly instantiateWasm: (imports: Imports, done: (instance: WebAssembly.Instance) => void) => object;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
}

const silent = (): void => undefined;

/** The module's bytes are part of this chunk: the window may fetch nothing. In a loop, since they are millions. */
function decoded(): Bytes {
  const text = atob(wasm.slice(wasm.indexOf(',') + 1));
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

const compiled = new Map<number, Promise<WebAssembly.Module>>();

/** Once for the file and for the check of its copy. */
function compile(most: number): Promise<WebAssembly.Module> {
  const known = compiled.get(most);
  if (known) return known;
  const module = WebAssembly.compile(boundMemory(decoded(), most));
  compiled.set(most, module);
  return module;
}

/** @param most bytes of memory */
async function openContainer(most: number): Promise<Container> {
  const module = await compile(most);
  const failed = Promise.withResolvers<never>();
  let starved = false;
  const overrides: Overrides = {
    instantiateWasm: (imports, done) => {
      const resize = (size: number): number => {
        const grown = imports.env.emscripten_resize_heap?.(size) ?? 0;
        starved ||= !grown;
        return grown;
      };
      const env = { ...imports.env, emscripten_resize_heap: resize };
      WebAssembly.instantiate(module, { ...imports, env })
        .then(done)
        .catch(failed.reject);
      return {};
    },
    print: silent,
    printErr: silent,
  };
  const pdfium = await Promise.race([init(overrides as unknown as Parameters<typeof init>[0]), failed.promise]);
  pdfium.PDFiumExt_Init();
  const { wasmExports } = pdfium.pdfium;
  const memory = (wasmExports as unknown as { memory: WebAssembly.Memory }).memory;
  const refuseStarved = (): void => {
    if (starved) throw new CannotStrip('file-too-demanding', { mostMemory: most });
  };
  return {
    pdfium,
    refuseStarved,
    memory: () => memory.buffer.byteLength,
    view: (at, length) => new Uint8Array(memory.buffer, at, length),
    put: (bytes) => {
      const at = wasmExports.malloc(bytes.length);
      if (at === 0) throw new CannotStrip('file-too-demanding', { mostMemory: most });
      new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
      return at;
    },
  };
}

/**
 * A container for one file. What is thrown in it after it wanted more memory than it may have, an abort of PDFium above all, is
 * refused as that.
 * @throws CannotStrip, and whatever `use` throws
 */
export async function inContainer<Used>(
  use: (container: Container) => Promise<Used>,
  most = mostMemory,
): Promise<Used> {
  const container = await openContainer(most);
  try {
    return await use(container);
  } catch (error) {
    if (!(error instanceof CannotStrip)) container.refuseStarved();
    throw error;
  }
}
