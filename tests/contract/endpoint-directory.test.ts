import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCommandLine } from '#endpoint/command-line.ts';
import type { Order, OrderReply } from '#endpoint/operator/operate.ts';
import { makeOperatorKey, readOperatorKey } from '#endpoint/operator/operator-key.ts';
import { runCommand } from '#endpoint/operator/run-command.ts';
import { type Endpoint, startEndpoint } from '#endpoint/start-endpoint.ts';
import { fingerprintOfFounder, fingerprintOfOperator } from '#shared/crypto/fingerprint.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import { spellOut } from '#shared/kernel/spoken-code.ts';
import { type Directory, type DirectoryDraft, signDirectory, verifyDirectory } from '#shared/sync/directory.ts';
import { directoryOf, EndpointClient, newDevice, signedDirectoryOf } from '../support/endpoint-client.ts';
import { plantDatabase } from '../support/endpoint-database.ts';
import { type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import { intakeOf } from '../support/endpoint-reports.ts';
import { foundUnit, junkTransfer, postTransfer } from '../support/endpoint-unit.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { suiteFolder, temporaryFolder } from '../support/temporary-folder.ts';

describe('the operator, on the command line', () => {
  /** The machine of the endpoint, and the one that is never online. */
  const online = suiteFolder();
  const offline = suiteFolder();
  const here = (name: string) => join(offline(), name);
  const there = () => ['--data', online()];
  const run = async (...args: string[]) => {
    const command = parseCommandLine(args);
    if (command.do === 'serve') throw new Error('no command');
    return (await runCommand(command)).join('\n');
  };
  const directory = (...args: string[]) => run('directory', ...args);
  const withKey = () => ['sign', '--operator-key', here('key.json')];
  let running: Endpoint | undefined;
  let operatorKey: AuthorKey;
  let unit: UnitId;
  let founder: AuthorKey;

  afterAll(() => running?.close());

  test('is told by --help what there is', async () => {
    const help = await run('--help');
    for (const step of ['key', 'trust', 'draft', 'sign', 'publish']) expect(help).toContain(`directory ${step} --`);
  });

  test('makes a key that nobody else can read, once', async () => {
    const printed = await directory('key', '--out', here('key.json'));
    operatorKey = /^Public key: (\S{43})$/m.exec(printed)?.[1] as AuthorKey;
    const fingerprint = await fingerprintOfOperator(operatorKey);
    expect(printed).toContain(fingerprint);
    expect(printed).toContain(spellOut(fingerprint));
    expect((await stat(here('key.json'))).mode & 0o777).toBe(0o600);
    const kept = await readFile(here('key.json'), 'utf8');
    expect(printed).not.toContain(JSON.parse(kept).operator.pkcs8);
    await expect(directory('key', '--out', here('key.json'))).rejects.toThrow('No key was made');
    expect(await readFile(here('key.json'), 'utf8')).toBe(kept);
  });

  test('tells the endpoint whom to trust, once', async () => {
    await plantDatabase(online());
    expect(await directory('trust', ...there(), '--public-key', operatorKey)).toContain(operatorKey);
    await directory('trust', ...there(), '--public-key', operatorKey);
    // One in 64 begins with a dash, as an option does.
    const dashed = `-${'A'.repeat(42)}`;
    await expect(directory('trust', ...there(), '--public-key', dashed)).rejects.toThrow(/public key|another operator/);
    const other = (await newDevice()).author;
    await expect(directory('trust', ...there(), '--public-key', other)).rejects.toThrow('another operator before');
    // Of small order: everybody can sign for it.
    const weak = Buffer.from(new Uint8Array(32).fill(0).fill(1, 0, 1)).toString('base64url');
    await expect(directory('trust', ...there(), '--public-key', weak)).rejects.toThrow('no public key');
  });

  test('the endpoint signs nothing in their stead, a demonstration neither', async () => {
    running = await startEndpoint({ dataDir: online(), demo: true });
    const { url } = running;
    const names = ['--force', 'kept-force', '--force-name', 'Kept Police', '--name', 'Kept ACU'];
    const added = await run('unit', 'add', ...there(), ...names);
    const code = /: (\S{19})$/m.exec(added)?.[1] ?? '';
    const client = new EndpointClient(url, await newDevice());
    const enrolled = await client.enrol(code);
    expect(enrolled.operatorKey).toBe(operatorKey);
    unit = enrolled.unit?.id as UnitId;
    expect(await signedDirectoryOf(url)).toBeNull();
    await foundUnit(client, unit, enrolled).then((founded) => {
      founder = founded.founder.key.author;
    });
    expect(await signedDirectoryOf(url)).toBeNull();
  });

  test('drafts, looks, signs and publishes', async () => {
    await directory('draft', ...there(), '--out', here('draft.json'));
    const draft = JSON.parse(await readFile(here('draft.json'), 'utf8')) as DirectoryDraft;
    expect(draft.units.find(({ id }) => id === unit)).toMatchObject({ force: 'kept-force', founder });
    const fingerprint = await fingerprintOfFounder(unit, founder);

    const looked = await directory(...withKey(), '--draft', here('draft.json'));
    expect(looked).toContain('Directory 1, after none:');
    expect(looked).toContain(
      `Founder of kept-force (Kept Police: Kept ACU):\n    ${fingerprint}\n    ${spellOut(fingerprint)}`,
    );
    expect(looked).toContain('Nothing is signed yet');

    const signed = await directory(...withKey(), '--draft', here('draft.json'), '--out', here('1.jws'));
    expect(signed).toContain(fingerprint);
    const document = await readFile(here('1.jws'), 'utf8');
    expect(await verifyDirectory(document, operatorKey)).toMatchObject({ ...draft, number: 1 });
    await expect(directory(...withKey(), '--draft', here('draft.json'), '--out', here('1.jws'))).rejects.toThrow(
      'Nothing was signed',
    );
    expect(await directory('publish', ...there(), '--file', here('1.jws'))).toContain('Directory 1 is published');
    expect(await signedDirectoryOf(running?.url ?? '')).toBe(document);
  });

  test('signs a later one after the last, which shows what is new in it', async () => {
    const after = ['--last', here('1.jws')];
    const same = await directory(...withKey(), '--draft', here('draft.json'), ...after, '--out', here('same.jws'));
    expect(same).toContain('nothing to sign');
    await expect(stat(here('same.jws'))).rejects.toThrow('ENOENT');

    const draft = JSON.parse(await readFile(here('draft.json'), 'utf8')) as DirectoryDraft;
    const stranger = (await newDevice()).author;
    const changed = draft.units.map((each) =>
      each.id === unit ? { ...each, founder: stranger, name: 'New ACU', jurisdiction: 'scotland' } : each,
    );
    await writeFile(
      here('changed.json'),
      JSON.stringify({ ...draft, endpointKey: stranger, units: changed.slice(0, -1) }),
    );
    const looked = await directory(...withKey(), '--draft', here('changed.json'), ...after);
    for (const each of [
      'Directory 2, after 1 of',
      'OTHER KEYS OF THE ENDPOINT',
      'ANOTHER FOUNDER of kept-force',
      'Renamed',
      'England and Wales -> Scotland',
      'Removed',
    ]) {
      expect(looked).toContain(each);
    }
    expect(looked).toContain(await fingerprintOfFounder(unit, stranger));
  });

  test('does not sign a founder away whom the endpoint cannot name just now', async () => {
    const draft = JSON.parse(await readFile(here('draft.json'), 'utf8')) as DirectoryDraft;
    const [names, out] = [here('nobody.json'), here('2.jws')];
    const nobody = draft.units.map((each) => ({ ...each, name: `${each.name}.`, founder: null }));
    await writeFile(names, JSON.stringify({ ...draft, units: nobody }));
    await directory(...withKey(), '--draft', names, '--last', here('1.jws'), '--out', out);
    const signed = await verifyDirectory(await readFile(out, 'utf8'), operatorKey);
    expect(signed?.number).toBe(2);
    expect(signed?.units.find(({ id }) => id === unit)?.founder).toBe(founder);
  });

  test('publishes while the endpoint is stopped, and never goes back', async () => {
    await running?.close();
    expect(await directory('publish', ...there(), '--file', here('2.jws'))).toContain('Directory 2 is published');
    await expect(directory('publish', ...there(), '--file', here('1.jws'))).rejects.toThrow('Directory 2 is published');
    running = await startEndpoint({ dataDir: online(), demo: true });
    expect((await directoryOf(running.url)).number).toBe(2);
  });

  const wrong: [what: string, args: () => Promise<string[]> | string[], why: string][] = [
    ['a draft that is none', () => [...withKey(), '--draft', here('key.json')], 'no draft'],
    [
      'a key that is none',
      () => ['sign', '--operator-key', here('draft.json'), '--draft', here('draft.json')],
      'key of an operator',
    ],
    [
      'a last one that another signed',
      async () => {
        await makeOperatorKey(here('other.json'));
        return ['sign', '--operator-key', here('other.json'), '--draft', here('draft.json'), '--last', here('1.jws')];
      },
      'signed with this key',
    ],
    ['no draft', () => withKey(), '--draft FILE is needed'],
    ['no data folder', () => ['draft', '--out', here('x.json')], '--data DIR is needed'],
    ['no file to publish', () => ['publish', ...there()], '--file FILE is needed'],
    [
      'names that would write over what the operator reads',
      async () => {
        const draft = await readFile(here('draft.json'), 'utf8');
        await writeFile(here('ansi.json'), draft.replace('Kept ACU', 'Kept\\u001b[1A ACU'));
        return [...withKey(), '--draft', here('ansi.json')];
      },
      'no draft',
    ],
  ];
  test.each(wrong)('refuses %s', async (_, args, why) => {
    await expect(directory(...(await args()))).rejects.toThrow(why);
  });
});

describe('an endpoint', () => {
  let fixture: EndpointFixture;
  let operator: SigningKey;
  beforeAll(async () => {
    fixture = await startTestEndpoint();
    operator = await readOperatorKey(join(fixture.dataDir, 'demo-operator-key.json'));
  }, 60_000);
  afterAll(() => fixture.close());

  const publish = (document: string): Promise<OrderReply> =>
    fixture.endpoint.operate({ order: 'publishDirectory', document });
  const next = async (changes: Partial<Directory> = {}, key = operator): Promise<string> => {
    const last = await directoryOf(fixture.url);
    return signDirectory({ ...last, number: last.number + 1, ...changes }, key);
  };

  test('publishes what its operator signed after the last, and serves it as it is', async () => {
    const document = await next();
    expect(await publish(document)).toEqual({
      published: JSON.parse(Buffer.from(document.split('.')[1] ?? '', 'base64url').toString()).number,
    });
    expect(await signedDirectoryOf(fixture.url)).toBe(document);
  });

  const refused: [what: string, make: () => Promise<string>, why: string][] = [
    ['one that another signed', async () => next({}, await newDevice()), 'no directory that the operator'],
    ['one with a lower number', async () => next({ number: 1 }), 'is published'],
    ['one with the same number', async () => next({ number: (await directoryOf(fixture.url)).number }), 'is published'],
    ['one of other keys', async () => next({ checkpointKey: operator.author }), 'keys of another endpoint'],
    ['what is none', async () => 'nonsense', 'no directory that the operator'],
  ];
  test.each(refused)('publishes not %s', async (_, make, why) => {
    const before = await signedDirectoryOf(fixture.url);
    expect(await publish(await make())).toEqual({ refused: expect.stringContaining(why) });
    expect(await signedDirectoryOf(fixture.url)).toBe(before);
  });

  test('seals nothing to a log that another has founded than the operator names', async () => {
    const { unit, force, founded } = await fixture.newFoundedUnit();
    const named = async (founder: AuthorKey) => {
      const { units } = await directoryOf(fixture.url);
      const document = await next({ units: units.map((each) => (each.id === unit ? { ...each, founder } : each)) });
      expect(await publish(document)).toHaveProperty('published');
    };
    const report = () => fixture.intake.send('POST', '/v1/reports', intakeOf({ force }));
    const transfer = () =>
      postTransfer(
        { client: fixture.workstation, author: fixture.founded.founder },
        junkTransfer(unit, founded.generation),
      );
    await named((await newDevice()).author);
    for (const send of [report, transfer]) expectProblem(await send(), 'unit-other-founder');
    await named(founded.founder.key.author);
    expect([(await report()).status, (await transfer()).status]).toEqual([201, 204]);
  });

  test('as a demonstration signs anew for each unit that is added or founded, and says that only one does', async () => {
    const { number } = await directoryOf(fixture.url);
    const { unit, client } = await fixture.newUnit();
    const unitIn = ({ units }: Directory) => units.find(({ id }) => id === unit);
    const added = await directoryOf(fixture.url);
    expect([added.number, unitIn(added)?.founder]).toEqual([number + 1, null]);
    const founded = await foundUnit(client, unit);
    const document = (await signedDirectoryOf(fixture.url)) ?? '';
    const signed = await verifyDirectory(document, operator.author);
    expect([signed?.number, signed && unitIn(signed)?.founder]).toEqual([number + 2, founded.founder.key.author]);
    expect(fixture.logged()).toContain('which a real endpoint never can');
    await fixture.restart();
    expect(await signedDirectoryOf(fixture.url)).toBe(document);
  });

  test('as two processes of one demonstration loses none that are founded at the same time', async () => {
    const beside = await fixture.startBeside();
    const made = await Promise.all([fixture.newUnit(), fixture.newUnit(), fixture.newUnit(), fixture.newUnit()]);
    await Promise.all(
      made.map(({ unit, client }, index) =>
        foundUnit(index % 2 ? new EndpointClient(beside.url, client.device) : client, unit, fixture.endpoint),
      ),
    );
    const { units } = await directoryOf(beside.url);
    for (const { unit } of made) expect(units.find(({ id }) => id === unit)?.founder).toEqual(expect.any(String));
  });

  test('tells whoever enrols the operator’s key, and gives no code before it has one', async () => {
    const device = new EndpointClient(fixture.url, await newDevice());
    const { code } = await fixture.addUnit();
    expect((await device.enrol(code)).operatorKey).toBe(operator.author);
    const dataDir = await temporaryFolder();
    await plantDatabase(dataDir);
    const bare = await startEndpoint({ dataDir });
    try {
      for (const order of [{ order: 'intakeCode', organisation: 'x-y' }, addUnit] as const) {
        expect(await bare.operate(order)).toEqual({ refused: expect.stringContaining('directory trust') });
      }
      const client = new EndpointClient(bare.url, await newDevice());
      expectProblem(await client.send('POST', '/v1/enrolments', { code: 'ABCDEFGH' }), 'operator-unknown');
      expect(await signedDirectoryOf(bare.url)).toBeNull();
    } finally {
      await bare.close();
    }
  });
});

const addUnit: Order = {
  order: 'addUnit',
  force: 'some-force',
  forceName: 'Some Police',
  jurisdiction: 'scotland',
  name: 'Some ACU',
};
