import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v4 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { CheckpointNotes } from '#endpoint/unit-log/checkpoint-notes.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { type Seen, seenNothing } from '#shared/log/seen.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/* What the endpoint keeps of a log beside its database. */

const sized = (size: number): Seen => ({ ...seenNothing, size, time: 1_795_000_000, signature: 'A'.repeat(86) });
const newUnit = () => v4() as UnitId;
const inFile = async (folder: string, unit: UnitId) =>
  JSON.parse(await readFile(join(folder, `${unit}.json`), 'utf8')).size;

describe('the note of a checkpoint', () => {
  test('is kept, of each unit its own, and outlives the process', async () => {
    const folder = join(await temporaryFolder(), 'notes');
    const [one, other, none] = [newUnit(), newUnit(), newUnit()];
    const notes = new CheckpointNotes(folder);
    await notes.note(one, sized(3));
    await notes.note(other, sized(5));
    for (const read of [notes, new CheckpointNotes(folder)]) {
      expect([await read.read(one), await read.read(other)]).toEqual([sized(3), sized(5)]);
      expect(await read.read(none)).toEqual(seenNothing);
    }
  });

  test('never goes back, in whatever order it comes', async () => {
    const folder = await temporaryFolder();
    const [unit, notes] = [newUnit(), new CheckpointNotes(folder)];
    await Promise.all([7, 2, 9, 4, 8, 9].map((size) => notes.note(unit, sized(size))));
    expect([(await notes.read(unit)).size, await inFile(folder, unit)]).toEqual([9, 9]);
    await new CheckpointNotes(folder).note(unit, sized(8));
    expect(await inFile(folder, unit)).toBe(9);
    expect(await readdir(folder)).toEqual([`${unit}.json`]);
  });

  test('is not taken for kept where it could not be written', async () => {
    const folder = join(await temporaryFolder(), 'notes');
    const [unit, notes] = [newUnit(), new CheckpointNotes(folder)];
    await notes.note(unit, sized(1));
    await rm(folder, { recursive: true });
    await writeFile(folder, 'in the way');
    await expect(notes.note(unit, sized(2))).rejects.toThrow();
    expect((await notes.read(unit)).size).toBe(1);
    await rm(folder);
    await mkdir(folder);
    await notes.note(unit, sized(2));
    expect(await inFile(folder, unit)).toBe(2);
  });

  test('says nothing where a power cut left half of it', async () => {
    const folder = await temporaryFolder();
    const unit = newUnit();
    await writeFile(join(folder, `${unit}.json`), JSON.stringify(sized(4)).slice(0, 40));
    expect(await new CheckpointNotes(folder).read(unit)).toEqual(seenNothing);
  });
});
