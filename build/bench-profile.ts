/**
 * `npm run bench -- --profile`: where the time of each measure of the vault goes, part by part. From Chromium's own trace: each
 * sample of the worker counts for the part that it was taken in or, when nothing ran, for what was waited for.
 */
import { readdir, readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { basename, join } from 'node:path';
import type { CDPSession } from '@playwright/test';
import { type Stretch, waits } from '#tests/bench/stopwatch.ts';

/** The innermost function on the stack that is of one of these modules says the part: other libraries are their callers'. */
const parts: readonly (readonly [part: string, modules: RegExp])[] = [
  ['X-Wing', /@hpke\/|mlkem|crypto\/public-box/],
  ['hashing, in JavaScript', /@noble\/hashes|sha256-now|log\/tree\//],
  ['base64, UTF-8, joining bytes', /crypto\/encoding|\/jose\//],
  ['CBOR', /cborg|crypto\/cbor/],
  ['zod', /\/zod\//],
  ['canonical JSON', /canonical/],
  ['Dexie', /\/dexie\/|dexie-store/],
  ['matching', /cases\/(match|derived)/],
  ['JSON and packing of rows', /vault\/store\/|cases\/(case|summary)-rows|log\/(entry|view)-row|log\/ledger/],
  ['folding, rules, summaries', /log\/fold|shared\/domain\//],
  ['reading and signing entries', /shared\/(crypto|log|sync)\/|vault\/(log|keys)\//],
  ['the rest of the vault', /renderer\/|shared\//],
];

interface Node {
  readonly id: number;
  readonly parent?: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url?: string;
    readonly lineNumber?: number;
    readonly columnNumber?: number;
  };
}

interface TraceEvent {
  readonly name: string;
  /** Of the profile that it is of. */
  readonly id?: string;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly args: {
    readonly data?: {
      readonly startTime?: number;
      readonly cpuProfile?: { readonly nodes?: readonly Node[]; readonly samples?: readonly number[] };
      readonly timeDeltas?: readonly number[];
    };
  };
}

/** Traces all threads of a page until what it returns is called. */
export async function startTrace(session: CDPSession): Promise<() => Promise<readonly TraceEvent[]>> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const includedCategories = ['disabled-by-default-v8.cpu_profiler', 'blink.user_timing'];
  await session.send('Tracing.start', { traceConfig: { includedCategories } });
  return async () => {
    const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
    await session.send('Tracing.end');
    await complete;
    return events;
  };
}

/** The module that a function of the built page was written in; nothing where that is not known. */
type ModuleOf = (frame: Node['callFrame']) => string;

export async function readModules(outDir: string): Promise<ModuleOf> {
  const maps = new Map<string, SourceMap>();
  for (const name of await readdir(join(outDir, 'assets'))) {
    if (!name.endsWith('.map')) continue;
    const map = JSON.parse(await readFile(join(outDir, 'assets', name), 'utf8'));
    maps.set(basename(name, '.map'), new SourceMap(map));
  }
  return ({ url = '', lineNumber = 0, columnNumber = 0 }) => {
    const entry = maps.get(basename(url))?.findEntry(lineNumber, columnNumber);
    return entry && 'originalSource' in entry ? entry.originalSource : '';
  };
}

/** By what a node stands for: a part, or nothing ran. */
function createPartOf(nodes: ReadonlyMap<number, Node>, moduleOf: ModuleOf): (id: number) => string | null {
  const known = new Map<number, string | null>();
  const partOf = (id: number): string | null => {
    const node = nodes.get(id);
    if (!node) return null;
    const found = known.get(id) ?? find(node);
    known.set(id, found);
    return found;
  };
  const find = ({ callFrame, parent }: Node): string | null => {
    if (callFrame.functionName === '(garbage collector)') return 'garbage collector';
    const module = moduleOf(callFrame);
    return parts.find(([, modules]) => modules.test(module))?.[0] ?? (parent === undefined ? null : partOf(parent));
  };
  return partOf;
}

/** Which of the stretches is on; asked of times in order. */
function follow(stretches: readonly Stretch[]): (at: number) => string | null {
  const left = stretches.toSorted(([, one], [, other]) => other - one);
  let on: Stretch | null = null;
  return (at) => {
    for (let next = left.at(-1); next && next[1] <= at; next = left.at(-1)) {
      if (!on || next[2] >= on[2]) on = next;
      left.pop();
    }
    return on && at <= on[2] ? on[0] : null;
  };
}

/** Of one measure: how often it was taken and, in all, the milliseconds of each part and the calls into native code. */
interface Measured {
  times: number;
  readonly parts: Map<string, number>;
  readonly calls: Map<string, number>;
}

const add = (to: Map<string, number> | undefined, key: string, more: number): unknown =>
  to?.set(key, (to.get(key) ?? 0) + more);

interface Sample {
  /** Milliseconds of the worker's clock. */
  readonly at: number;
  readonly length: number;
  readonly node: number;
}

/** Of the worker, whose clock is known from that of the trace by a mark. */
function readSamples(events: readonly TraceEvent[], noted: readonly Stretch[]) {
  const clock = noted.find(([name]) => name === 'clock');
  const mark = events.find(({ name }) => name === 'clock');
  const profile = events.find(({ name, tid }) => name === 'Profile' && tid === mark?.tid);
  if (!clock || !mark || !profile) throw new Error('The trace has no profile of the worker.');
  const nodes = new Map<number, Node>();
  const samples: Sample[] = [];
  let at = clock[1] + ((profile.args.data?.startTime ?? 0) - mark.ts) / 1000;
  for (const { name, id, args } of events) {
    if (name !== 'ProfileChunk' || id !== profile.id) continue;
    for (const node of args.data?.cpuProfile?.nodes ?? []) nodes.set(node.id, node);
    for (const [index, node] of (args.data?.cpuProfile?.samples ?? []).entries()) {
      const length = (args.data?.timeDeltas?.[index] ?? 0) / 1000;
      at += length;
      samples.push({ at, length, node });
    }
  }
  return { nodes, samples };
}

export function readProfile(
  events: readonly TraceEvent[],
  noted: readonly Stretch[],
  moduleOf: ModuleOf,
): ReadonlyMap<string, Measured> {
  const { nodes, samples } = readSamples(events, noted);
  const partOf = createPartOf(nodes, moduleOf);
  const those = (isMeant: RegExp) => noted.filter(([name]) => isMeant.test(name));
  const measured = new Map<string, Measured>();
  for (const [name] of those(/^measure /)) {
    const known = measured.get(name) ?? { times: 0, parts: new Map(), calls: new Map() };
    known.times += 1;
    measured.set(name, known);
  }
  const measureOf = (at: (time: number) => string | null, time: number) => measured.get(at(time) ?? '');
  const calls = those(/^in /).toSorted(([, one], [, other]) => one - other);
  const measureOfCall = follow(those(/^measure /));
  for (const [name, start] of calls) add(measureOf(measureOfCall, start)?.calls, name, 1);
  const measureAt = follow(those(/^measure /));
  const callAt = follow(calls);
  const waitAt = waits.map((what) => follow(noted.filter(([name]) => name === what)));
  for (const { at, length, node } of samples) {
    const call = callAt(at);
    const waiting = waitAt.map((each) => each(at)).find((each) => each !== null);
    const isIdle = ['(idle)', '(program)'].includes(nodes.get(node)?.callFrame.functionName ?? '');
    const part = isIdle ? `waiting: ${waiting ?? 'else'}` : (call ?? partOf(node) ?? 'the bench itself');
    add(measureOf(measureAt, at)?.parts, part, length);
  }
  return measured;
}

export function printProfile(measured: ReadonlyMap<string, Measured>): void {
  for (const [measure, { times, parts: found, calls }] of measured) {
    const all = [...found.values()].reduce((sum, each) => sum + each, 0);
    console.log(`\n  ${measure.replace('measure ', '')}: ${(all / times).toFixed(2)} ms, profiled`);
    for (const [part, time] of [...found].sort(([, one], [, other]) => other - one)) {
      const called = calls.get(part);
      const each = called
        ? `${((1000 * time) / called).toFixed(0)} µs a call, ${(called / times).toFixed(1)} calls`
        : '';
      const share = `${((100 * time) / all).toFixed(1)} %`;
      console.log(`    ${part.padEnd(32)} ${(time / times).toFixed(2).padStart(10)} ${share.padStart(8)}   ${each}`);
    }
  }
}
