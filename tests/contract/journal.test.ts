import {
  copyFile,
  type FileHandle,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { CallName, CallResult, ReplyOf, RequestOf } from '#shared/bridge/contract.ts';
import { type Bytes, fromUtf8, randomBytes, utf8 } from '#shared/crypto/encoding.ts';
import { drawn } from '#tests/support/effort.ts';
import { callHost, testHost } from '#tests/support/host.ts';
import { createMemoryJournal } from '#tests/support/memory-journal.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

/* The journal, which must have what it acknowledged, whatever happens to its file, and say what it has not. */

type JournalCall = Extract<CallName, `journal.${string}`>;
type Call = <Name extends JournalCall>(name: Name, request: RequestOf<Name>) => Promise<CallResult<Name>>;

const texts = (...words: readonly string[]): Bytes[] => words.map(utf8);

class Journal {
  readonly call: Call;
  constructor(call: Call) {
    this.call = call;
  }

  private async answer<Name extends JournalCall>(name: Name, request: RequestOf<Name>): Promise<ReplyOf<Name>> {
    const result = await this.call(name, request);
    if (!result.ok) throw new Error(result.failure.code);
    return result.reply;
  }
  /** As one who reads it first. */
  private begin = async (): Promise<number> => (await this.page()).writer;
  append = async (first: number, ...words: readonly string[]) =>
    this.answer('journal.append', { writer: await this.begin(), first, records: texts(...words) });
  settle = async (...keep: number[]) => this.answer('journal.settle', { writer: await this.begin(), keep, end: 0 });
  raise = async (end: number) => this.answer('journal.settle', { writer: await this.begin(), keep: [], end });
  page = (after = 0) => this.answer('journal.read', { after });

  /** Number and text of each record. */
  async content(): Promise<readonly (readonly [number, string])[]> {
    const found: (readonly [number, string])[] = [];
    for (let after = 0; ; ) {
      const { records, more } = await this.page(after);
      for (const { number, bytes } of records) found.push([number, fromUtf8(bytes)]);
      if (!more) return found;
      after = found.at(-1)?.[0] ?? after;
    }
  }
}

interface Place {
  readonly journal: Journal;
  /** The same, read anew by a host that has just started. */
  again(): Journal;
}

async function onDisk(): Promise<Place & { readonly file: string; readonly profile: string }> {
  const profile = await temporaryFolder();
  const start = (): Journal => {
    const host = testHost({ profile });
    return new Journal((name, request) => callHost(host, name, request));
  };
  return { journal: start(), again: start, profile, file: join(profile, 'journal') };
}

async function inMemory(): Promise<Place> {
  const memory = createMemoryJournal();
  const journal = new Journal(memory.call as Call);
  return { journal, again: () => journal };
}

describe.each([
  ['on the disk', onDisk],
  ['of the twin in memory', inMemory],
])('a journal %s', (_, make: () => Promise<Place>) => {
  test('has nothing at first', async () => {
    const { journal } = await make();
    const nothing = {
      end: 0,
      lastGroup: 0,
      chain: 'A'.repeat(43),
      records: [],
      more: false,
      damaged: false,
      begun: false,
      writer: 1,
    };
    expect(await journal.page()).toEqual(nothing);
  });

  test('has what was written, in order, by number', async () => {
    const { journal, again } = await make();
    expect(await journal.append(1, 'a')).toMatchObject({ end: 1, lastGroup: 1 });
    expect(await journal.append(2, 'b', 'c')).toMatchObject({ end: 3, lastGroup: 2 });
    for (const each of [journal, again()]) {
      expect(await each.content()).toEqual([
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ]);
      expect(await each.page(1)).toMatchObject({ records: [{ number: 2 }, { number: 3 }], end: 3, lastGroup: 2 });
      expect((await each.page(3)).records).toEqual([]);
    }
  });

  test('takes no record at a number that is taken, or before the one that is next', async () => {
    const { journal } = await make();
    await journal.append(1, 'a', 'b');
    for (const first of [1, 2, 4]) await expect(journal.append(first, 'c')).rejects.toThrow('journal-moved');
    expect(await journal.content()).toHaveLength(2);
  });

  test('ends with another chain after each group, which another start finds again', async () => {
    const { journal, again } = await make();
    const chains = [(await journal.append(1, 'a')).chain, (await journal.append(2, 'a')).chain];
    expect(new Set([...chains, 'A'.repeat(43)]).size).toBe(3);
    expect((await again().page()).chain).toBe(chains[1]);
  });

  test('of two with the same records and another past does not end with the same chain', async () => {
    const [one, other] = [await make(), await make()];
    await one.journal.append(1, 'a');
    await other.journal.append(1, 'b');
    expect((await one.journal.append(2, 'c')).chain).not.toBe((await other.journal.append(2, 'c')).chain);
  });

  test('is settled to what is kept, under its numbers, and goes on after the last that there was', async () => {
    const { journal, again } = await make();
    await journal.append(1, 'a', 'b');
    await journal.append(3, 'c');
    const settled = await journal.settle(2);
    expect(settled).toMatchObject({ end: 3 });
    expect(await journal.content()).toEqual([[2, 'b']]);
    expect(await again().page()).toMatchObject({ end: 3, chain: settled.chain });
    expect(await again().append(4, 'd')).toMatchObject({ end: 4, lastGroup: 4 });
    expect(await again().content()).toEqual([
      [2, 'b'],
      [4, 'd'],
    ]);
  });

  test('is settled to nothing, and its numbers go on', async () => {
    const { journal, again } = await make();
    await journal.append(1, 'a', 'b');
    await journal.settle();
    expect(await again().content()).toEqual([]);
    expect(await again().append(3, 'c')).toMatchObject({ end: 3 });
  });

  test('takes nothing of one who read it before the last who did: it may come late', async () => {
    const { journal } = await make();
    const { writer: before } = await journal.page();
    const { writer } = await journal.page();
    const late = { ok: false, failure: { code: 'journal-moved' } };
    const records = texts('late');
    expect(await journal.call('journal.append', { writer: before, first: 1, records })).toMatchObject(late);
    expect(await journal.call('journal.settle', { writer: before, keep: [], end: 9 })).toMatchObject(late);
    // Reading on is no reading from the beginning.
    await journal.page(1);
    expect(await journal.call('journal.append', { writer, first: 1, records })).toMatchObject({ ok: true });
  });

  test('goes on above the number that it is told', async () => {
    const { journal, again } = await make();
    await journal.append(1, 'a', 'b');
    expect(await journal.raise(7)).toMatchObject({ end: 7 });
    expect(await again().append(8, 'c')).toMatchObject({ end: 8 });
    expect(await again().raise(3)).toMatchObject({ end: 8 });
  });

  test('is not settled to what it does not have', async () => {
    const { journal } = await make();
    await journal.append(1, 'a');
    await expect(journal.settle(1, 2)).rejects.toThrow('journal-moved');
    expect(await journal.content()).toEqual([[1, 'a']]);
  });
});

/** Three groups, and how long the file was after each. */
async function threeGroups() {
  const place = await onDisk();
  const lengths: number[] = [];
  const groups = [['first', 'second'], ['third'], ['fourth', 'fifth']];
  let next = 1;
  for (const words of groups) {
    await place.journal.append(next, ...words);
    next += words.length;
    lengths.push((await stat(place.file)).size);
  }
  return { ...place, lengths, bytes: await readFile(place.file) };
}

const all = ['first', 'second', 'third', 'fourth', 'fifth'];
const wordsOf = async (journal: Journal): Promise<readonly string[]> =>
  (await journal.content()).map(([, word]) => word);

describe('the file of a journal', () => {
  test('that is gone is not one that never was', async () => {
    const { file, again } = await threeGroups();
    expect((await again().page()).begun).toBe(true);
    await rm(file);
    expect(await again().page()).toMatchObject({ end: 0, damaged: false, begun: true });
  });

  test('is readable by its owner alone, and named for what it is', async () => {
    const { file, bytes } = await threeGroups();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(bytes.subarray(0, 18).toString()).toBe('probity-journal/1\n');
  });

  test('that was cut off anywhere has every group before, and is written on after the last that is whole', async () => {
    const { bytes, lengths, file, again } = await threeGroups();
    const cuts = Array.from({ length: bytes.length }, (_, at) => at);
    for (const at of [...drawn(cuts, 40), ...lengths.map((length) => length - 1)]) {
      await writeFile(file, bytes.subarray(0, at));
      const whole = lengths.filter((length) => length <= at).length;
      const count = [0, 2, 3, 5][whole] as number;
      expect({ at, words: await wordsOf(again()) }).toEqual({ at, words: all.slice(0, count) });
      const { end } = await again().page();
      await again().append(end + 1, 'written after');
      expect(await wordsOf(again())).toEqual([...all.slice(0, count), 'written after']);
      // What was written as the process ended is no damage; a file without its first line is.
      expect((await again().page()).damaged).toBe(false);
    }
  });

  test('of which any byte was changed says so, or lost its last group, and has every other group', async () => {
    const { bytes, lengths, file, again } = await threeGroups();
    const places = Array.from({ length: bytes.length }, (_, at) => at);
    for (const at of drawn(places, 60)) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] as number) ^ 0x10;
      await writeFile(file, changed);
      const hit = at < 18 ? -1 : lengths.findIndex((length) => at < length);
      const groups = [all.slice(0, 2), all.slice(2, 3), all.slice(3)];
      const left = groups.filter((_, index) => index !== hit).flat();
      expect({ at, words: await wordsOf(again()) }).toEqual({ at, words: left });
      expect({ at, damaged: (await again().page()).damaged }).toEqual({ at, damaged: hit !== 2 });
    }
  });

  test('in which a group was put in the place of another, or left out, says so', async () => {
    const { bytes, lengths, file, again } = await threeGroups();
    const [one = 0, two = 0] = lengths;
    const [start, first, second, third] = [
      bytes.subarray(0, 18),
      bytes.subarray(18, one),
      bytes.subarray(one, two),
      bytes.subarray(two),
    ];
    for (const other of [
      [start, second, third],
      [start, first, third],
      [start, first, third, second],
      [start, first, second, second, third],
    ]) {
      await writeFile(file, Buffer.concat(other as Uint8Array[]));
      expect((await again().page()).damaged).toBe(true);
    }
  });

  test('that was damaged is kept beside the one that is written anew', async () => {
    const { bytes, lengths, file, again, profile } = await threeGroups();
    const changed = Uint8Array.from(bytes);
    changed[(lengths[0] as number) + 60] = 0xff;
    await writeFile(file, changed);
    await again().settle(1, 5);
    expect(await again().page()).toMatchObject({ damaged: false, end: 5 });
    expect(await wordsOf(again())).toEqual(['first', 'fifth']);
    expect((await readdir(profile)).sort()).toEqual(['journal', 'journal.begun', 'journal.damaged']);
    expect((await readFile(join(profile, 'journal.damaged'))).equals(changed)).toBe(true);
  });

  test('that is settled holds no byte of what was settled', async () => {
    const { file, journal } = await threeGroups();
    await journal.settle(2, 4);
    const text = (await readFile(file)).toString('latin1');
    expect(all.filter((word) => text.includes(word))).toEqual(['second', 'fourth']);
  });

  test.each(['probity-journal/2\n', 'probity-journal/12\nanything'])(
    'of a newer Probity is left as it is: %j',
    async (text) => {
      const { file, again } = await onDisk();
      await writeFile(file, text);
      await expect(again().page()).rejects.toThrow('journal-newer');
      await expect(again().append(1, 'a')).rejects.toThrow('journal-newer');
      await expect(again().settle()).rejects.toThrow('journal-newer');
      expect(await readFile(file, 'utf8')).toBe(text);
    },
  );

  test.each([randomBytes(5_000), utf8('{"format":"something else"}'), new Uint8Array(100)])(
    'that is none is said to be damaged, and written anew',
    async (bytes) => {
      const { file, again } = await onDisk();
      await writeFile(file, bytes);
      expect(await again().page()).toMatchObject({ end: 0, records: [], damaged: true });
      await again().settle();
      await again().append(1, 'a');
      expect(await again().page()).toMatchObject({ end: 1, damaged: false });
    },
  );

  test('gives megabytes in pages, each record once', async () => {
    const { journal, again } = await onDisk();
    const large = Array.from({ length: 9 }, (_, index) => String(index).repeat(700_000));
    for (const [index, each] of large.entries()) await journal.append(index + 1, each);
    expect((await again().page()).more).toBe(true);
    expect((await again().content()).map(([number, word]) => [number, word[0], word.length])).toEqual(
      large.map((word, index) => [index + 1, word[0], 700_000]),
    );
  });

  test('has no part of what found no room, and takes the next when there is some', async () => {
    const { journal, again, file } = await onDisk();
    await journal.append(1, 'before');
    const handle = await open(file);
    const prototype = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
    const write = vi.spyOn(prototype, 'write').mockImplementation(async function (
      this: FileHandle,
      ...[bytes, , , position]: readonly unknown[]
    ) {
      // As a disk that is full: part of it is written.
      write.mockRestore();
      await this.write(bytes as Uint8Array, 0, 20, position as number);
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC', syscall: 'write' });
    } as never);
    const refused = await journal.call('journal.append', {
      writer: (await journal.page()).writer,
      first: 2,
      records: texts('no room'),
    });
    expect(refused).toMatchObject({ ok: false, failure: { code: 'disk', params: { error: 'ENOSPC' } } });
    expect(await wordsOf(journal)).toEqual(['before']);
    expect(await wordsOf(again())).toEqual(['before']);
    await journal.append(2, 'after');
    expect(await wordsOf(again())).toEqual(['before', 'after']);
    expect((await again().page()).damaged).toBe(false);
  });
});

describe('a file that something else changes while it is open', () => {
  const changes: Readonly<Record<string, (file: string) => Promise<unknown>>> = {
    deleted: (file) => rm(file),
    emptied: (file) => truncate(file, 0),
    'cut short': (file) => truncate(file, 60),
    'replaced by an older one': async (file) => {
      await copyFile(file, `${file}.old`);
      await rename(`${file}.old`, file);
    },
  };
  test.each(Object.entries(changes))('that is %s takes nothing more until it was read anew', async (_, change) => {
    const { journal, file } = await onDisk();
    const { writer } = await journal.page();
    const records = texts('a');
    await journal.call('journal.append', { writer, first: 1, records });
    await change(file);
    const late = await journal.call('journal.append', { writer, first: 2, records });
    expect(late).toMatchObject({ ok: false, failure: { code: 'journal-moved' } });
    const { end } = await journal.page();
    expect(await journal.append(end + 1, 'b')).toMatchObject({ end: end + 1 });
    expect(await journal.content()).toContainEqual([end + 1, 'b']);
  });

  test('says what became of it to who reads it from the beginning', async () => {
    const { journal, file } = await onDisk();
    await journal.append(1, 'a');
    await truncate(file, 60);
    expect(await journal.page()).toMatchObject({ end: 0 });
    await rm(file);
    expect(await journal.page()).toMatchObject({ end: 0, begun: true, records: [] });
  });
});
