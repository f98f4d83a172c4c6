import { v4 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Rosters } from '#endpoint/unit-log/rosters.ts';
import type { EndpointPublicKeys } from '#shared/domain/unit/endpoint-keys.ts';
import { deviceOf } from '#shared/domain/unit/roster.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import { rosterHeadOf } from '#shared/log/roster-entry.ts';
import { newDevice } from '../support/endpoint-client.ts';
import { Author, deviceOf as deviceKeysOf, newFounding, newMember, signFounding } from '../support/endpoint-unit.ts';
import { watchSignatureChecks } from '../support/signature-checks.ts';

/* What the endpoint keeps of a roster: each entry is read and verified once, however many are added. */

let own: EndpointPublicKeys;
beforeEach(async () => {
  own = { endpointKey: (await newDevice()).author, checkpointKey: (await newDevice()).author };
});
afterEach(() => vi.restoreAllMocks());

/** A log that is all roster, its first act after the founding an admission; it counts the rows that are read of it. */
async function newLog() {
  const unit = v4() as UnitId;
  const founding = await newFounding(unit, own);
  const { author: founder, stream } = founding;
  const entries: Entry[] = [await signFounding(founding)];
  const admit = async (by: Author) => {
    const [id, author] = [newMember(), await Author.of(unit)];
    const data = { member: id, role: 'supervisor', device: await deviceKeysOf(author, id) };
    entries.push(await by.act(stream, { type: 'member.admitted', data }));
    return author;
  };
  const reads: number[] = [];
  const rowsAfter = async (position: number) => {
    const rows = entries.slice(position).map(({ wire }) => wire);
    reads.push(rows.length);
    return rows;
  };
  const read = (rosters: Rosters) =>
    rosters.read(unit, { size: entries.length, head: rosterHeadOf(entries) }, rowsAfter);
  return { unit, founder, entries, admit, reads, read, rowsAfter };
}

test('nothing is read or verified while nothing was added', async () => {
  const { founder, admit, reads, read } = await newLog();
  await admit(founder);
  const rosters = new Rosters({ all: [own] });
  const checked = watchSignatureChecks('probity-entry/2');
  const first = await read(rosters);
  expect([reads, checked.length]).toEqual([[2], 2]);
  expect(await read(rosters)).toBe(first);
  expect([reads, checked.length]).toEqual([[2], 2]);
});

test('of acts that change nothing, too, only what was added is read and verified', async () => {
  const { founder, admit, reads, read } = await newLog();
  const member = await admit(founder);
  const stranger = await admit(member);
  const rosters = new Rosters({ all: [own] });
  await read(rosters);
  reads.length = 0;
  const checked = watchSignatureChecks('probity-entry/2');
  // Once there were two supervisors, it takes both: none of these is in force.
  for (const count of [1, 3, 2]) {
    for (let each = 0; each < count; each += 1) await admit(member);
    const roster = await read(rosters);
    expect([deviceOf(roster, member.key.author)?.standing, deviceOf(roster, stranger.key.author)]).toEqual([
      'inForce',
      null,
    ]);
  }
  expect([reads, checked.length]).toEqual([[1, 3, 2], 6]);
});

test('it comes to what the whole comes to', async () => {
  const { founder, admit, read } = await newLog();
  const kept = new Rosters({ all: [own] });
  const member = await admit(founder);
  for (const by of [founder, member, founder]) {
    await admit(by);
    expect(await read(kept)).toEqual(await read(new Rosters({ all: [own] })));
  }
});

test('a log that does not go on from what was folded is folded from its beginning', async () => {
  const { unit, founder, entries, admit, reads, read, rowsAfter } = await newLog();
  const rosters = new Rosters({ all: [own] });
  await admit(founder);
  await read(rosters);
  entries.pop();
  founder.tip = null;
  const other = await admit(founder);
  reads.length = 0;
  expect(deviceOf(await read(rosters), other.key.author)).not.toBeNull();
  expect(reads).toEqual([0, 2]);
  // What is stored is not that roster, from wherever it is read.
  const head = new Uint8Array(32).fill(7);
  await expect(rosters.read(unit, { size: 3, head }, rowsAfter)).rejects.toThrow('not those');
  expect(deviceOf(await read(rosters), other.key.author)).not.toBeNull();
});

test('what was added is verified: nobody’s signature is taken on the word of the head', async () => {
  const { founder, entries, admit, read } = await newLog();
  const rosters = new Rosters({ all: [own] });
  await read(rosters);
  await admit(founder);
  const last = entries.pop() as Entry;
  entries.push({ ...last, wire: { ...last.wire, signature: new Uint8Array(64) } });
  await expect(read(rosters)).rejects.toThrow('entry-signature');
});
