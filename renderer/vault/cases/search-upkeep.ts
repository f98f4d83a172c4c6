import type { StreamId } from '#shared/kernel/ids.ts';
import { warning, warnOnce } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import { keyIn } from '../store/reader-rows.ts';
import { allIndexed, indexedCase } from './case-index.ts';
import { readCase } from './case-rows.ts';
import { addSegments, dropSearch, replaceSegments } from './search-index.ts';
import { loadSegments, sealSegments, wordsOf } from './search-rows.ts';
import { casesIn, mostInSegment } from './search-segment.ts';

/*
 * The index of quick search is what the cases say, so it can always be made from them again:
 *
 *   not ready --loaded, and every case is in it--> ready --the projections are made anew--> not ready
 *
 * What is damaged, of another version, missing or too many is found by comparing it with the cases that there are.
 */

/** Average cases in a row below which there are too many rows to load fast: what comes in one by one has one each. */
const leastInRow = 24;
const fewRows = 64;

/** Loads the index, takes out what is no case of this member, and adds what is missing. Beside the work of whoever is there. */
export async function readySearch(vault: OpenVault): Promise<void> {
  const { writer, emit } = vault.io;
  await writer.add(() => load(vault));
  while (!(await writer.add(() => addSome(vault)))) await new Promise((resolve) => setTimeout(resolve));
  emit({ type: 'queueChanged' });
}

/** Once the projections were made anew, within the writer: as before, if it was there. */
export function searchAnew(vault: OpenVault): void {
  const { search } = vault;
  const wasReady = search.ready;
  dropSearch(search);
  // Where it was not ready, whoever makes it ready goes on.
  if (wasReady) void readySearch(vault).catch(() => undefined);
}

const missingIn = ({ cases, search }: OpenVault): readonly StreamId[] =>
  allIndexed(cases)
    .map(({ summary }) => summary.id)
    .filter((id) => !(search.places.has(id) || search.unread.has(id)));

async function load(vault: OpenVault): Promise<void> {
  const { search, cases, log, io } = vault;
  const { readership } = log;
  const { segments, unfit, broken } = await loadSegments(io.store, readership);
  const known = new Set<StreamId>();
  const isOdd = ({ ids }: (typeof segments)[number]): boolean => {
    const fits = ids.every((id) => indexedCase(cases, id) !== null && !known.has(id));
    if (fits) for (const id of ids) known.add(id);
    return !fits;
  };
  const odd = new Set(segments.filter(isOdd));
  const isScattered = segments.length > fewRows && known.size / segments.length < leastInRow;
  const kept = isScattered ? [] : segments.filter((each) => !odd.has(each));
  const joined = isScattered ? segments.filter((each) => !odd.has(each)).flatMap(casesIn) : [];
  const sealed = await sealSegments(readership, joined);
  const removed = segments.filter((each) => !kept.includes(each)).map(({ key }) => keyIn(readership, key));
  if (broken.length > 0) warnOnce(vault.findings, warning('search-row', null));
  if (removed.length + unfit.length + broken.length > 0) {
    await io.store.commit([{ table: 'search', remove: [...removed, ...unfit, ...broken], put: sealed.put }]);
  }
  replaceSegments(search, [...search.segments.keys()], [...kept, ...sealed.segments]);
}

/** @returns whether nothing was missing any more: the index is ready then */
async function addSome(vault: OpenVault): Promise<boolean> {
  const { search, cases, log, io } = vault;
  const missing = missingIn(vault).slice(0, mostInSegment);
  search.ready = missing.length === 0;
  if (search.ready) return true;
  const read = async (id: StreamId) => {
    const indexed = indexedCase(cases, id);
    const stored = indexed && (await readCase(io.store, log.readership, indexed).catch(() => null));
    if (stored) return [wordsOf({ id, referral: stored.state.referral })];
    search.unread.add(id);
    return [];
  };
  const { put, segments } = await sealSegments(log.readership, (await Promise.all(missing.map(read))).flat());
  await io.store.commit([{ table: 'search', put }]);
  addSegments(search, segments);
  return false;
}
