import { fsyncSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type Initialised = Awaited<ReturnType<NodeFS['init']>>;
type Module = Parameters<NonNullable<Initialised['emscriptenOpts']['preRun']>[number]>[0];

/** The part of Emscripten's NODEFS that is missing, and the host's file descriptor that it keeps. */
interface NodeFiles {
  stream_ops: { fsync?: (stream: { nfd?: number }) => number };
}

/**
 * PGlite's files on disk, with an fsync that reaches the disk. PGlite 0.5 ships NODEFS without one (its issue 1107):
 * PostgreSQL's fsync succeeds and does nothing, so that a power cut could take back what was acknowledged.
 */
export class DurableFiles extends NodeFS {
  override async init(pg: PGlite, options: Initialised['emscriptenOpts']): Promise<Initialised> {
    const { emscriptenOpts } = await super.init(pg, options);
    const preRun = [...(emscriptenOpts.preRun ?? []), addFsync];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

function addFsync(module: Module): void {
  const files = module.NODEFS as unknown as NodeFiles;
  files.stream_ops.fsync = ({ nfd }) => {
    // Folders have no descriptor here; a journalling file system orders their changes before the fsync that follows.
    if (nfd !== undefined) fsyncSync(nfd);
    return 0;
  };
}

/** Flushes every file below the folder. Once, for a database that was just created without fsync. */
export async function flushTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = await open(join(entry.parentPath, entry.name), 'r+');
    await file.sync().finally(() => file.close());
  }
}
