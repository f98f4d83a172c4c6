import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { longestWait, waitAfter } from '#electron/host/attempts.ts';
import { callHost, testHost } from '#tests/support/host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

/* Wrong passphrases make their member wait, whatever becomes of the system's time, the database or the program. */

/** A computer whose monotonic clock a test moves; each start has a clock of its own, which begins at nought. */
async function aComputer() {
  const profile = await temporaryFolder();
  let time = 0;
  const start = () => {
    time = 0;
    return testHost({ profile, monotonic: () => time });
  };
  let host = start();
  const begin = async (slot = 'sal') => {
    const answer = await callHost(host, 'attempt.begin', { slot });
    if (!answer.ok) throw new Error(answer.failure.code);
    return answer.reply;
  };
  return {
    file: join(profile, 'attempts.json'),
    begin,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    restart: () => {
      host.close();
      host = start();
    },
    opened: (slot = 'sal') => callHost(host, 'attempt.opened', { slot }),
    waits: () => callHost(host, 'attempt.waits', {}),
    /** So many in a row, each as soon as it is taken. */
    async fail(count: number) {
      for (let each = 0; each < count; each += 1) {
        const { taken, wait } = await begin();
        if (!taken) throw new Error('not taken');
        time += wait;
      }
    },
  };
}

test('two are free, then each wait is twice as long, up to a quarter of an hour', async () => {
  const computer = await aComputer();
  const waits: number[] = [];
  for (let count = 0; count < 14; count += 1) {
    const { taken, failed, wait } = await computer.begin();
    expect({ taken, failed }).toEqual({ taken: true, failed: count });
    waits.push(wait / 1_000);
    computer.pass(wait);
  }
  expect(waits).toEqual([0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
  expect(waitAfter(1_000_000)).toBe(longestWait);
});

test('none is taken before its time, and asking makes no wait longer', async () => {
  const computer = await aComputer();
  await computer.fail(2);
  expect(await computer.begin()).toEqual({ taken: true, failed: 2, wait: 2_000 });
  computer.pass(500);
  for (let count = 0; count < 3; count += 1) {
    expect(await computer.begin()).toEqual({ taken: false, failed: 3, wait: 1_500 });
  }
  computer.pass(1_500);
  expect(await computer.begin()).toMatchObject({ taken: true, failed: 3 });
});

test('one that opens is told how many failed before, and nothing is counted then', async () => {
  const computer = await aComputer();
  await computer.fail(4);
  expect(await computer.begin()).toMatchObject({ taken: true, failed: 4 });
  await computer.opened();
  expect(await computer.begin()).toEqual({ taken: true, failed: 0, wait: 0 });
});

test('each slot waits by itself', async () => {
  const computer = await aComputer();
  await computer.fail(4);
  await computer.begin();
  expect(await computer.begin('rowan')).toEqual({ taken: true, failed: 0, wait: 0 });
  expect(await computer.waits()).toEqual({
    ok: true,
    reply: {
      waits: [
        { slot: 'sal', wait: 8_000 },
        { slot: 'rowan', wait: 0 },
      ],
    },
  });
});

describe('a restart', () => {
  test('keeps the count, and begins the last wait anew', async () => {
    const computer = await aComputer();
    await computer.fail(4);
    await computer.begin();
    computer.pass(7_999);
    computer.restart();
    expect(await computer.begin()).toEqual({ taken: false, failed: 5, wait: 8_000 });
    computer.pass(8_000);
    expect(await computer.begin()).toMatchObject({ taken: true, failed: 5 });
  });

  test('with a file of before, while the program runs, changes nothing', async () => {
    const computer = await aComputer();
    await computer.fail(3);
    const before = await readFile(computer.file);
    await computer.fail(3);
    await writeFile(computer.file, before);
    expect(await computer.begin()).toMatchObject({ taken: true, failed: 6 });
  });

  test.each([
    ['damaged', '{"format":"probity-sealed+1","sealed":"AAAA"}'],
    ['no JSON', 'nothing of the kind'],
    ['empty', ''],
  ])('with a file that is %s makes everybody wait after the next', async (_, text) => {
    const computer = await aComputer();
    await computer.fail(3);
    await writeFile(computer.file, text);
    computer.restart();
    expect(await computer.begin()).toEqual({ taken: true, failed: 6, wait: 32_000 });
    expect(await computer.begin()).toMatchObject({ taken: false, failed: 7 });
  });
});

test('two at the same time are two', async () => {
  const computer = await aComputer();
  await computer.fail(2);
  const answers = await Promise.all([computer.begin(), computer.begin(), computer.begin()]);
  expect(answers.map(({ taken }) => taken)).toEqual([true, false, false]);
});

test('slots without end make no file without end, and open no door', async () => {
  const computer = await aComputer();
  await computer.fail(5);
  for (let count = 0; count < 250; count += 1) await computer.begin(`slot-${count}`);
  expect(await computer.begin('one-more')).toMatchObject({ taken: false, wait: longestWait });
  expect(await computer.begin()).toMatchObject({ failed: 5 });
});
