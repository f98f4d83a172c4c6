import { translations } from '@zxcvbn-ts/language-en';
import { describe, expect, test } from 'vitest';
import type { WarningCode } from '#renderer/vault/codes.ts';
import { sayCaution } from '#renderer/words/assessment.ts';
import { caseRefusals } from '#renderer/words/case-refusals.ts';
import { eventLabels } from '#renderer/words/event-labels.ts';
import { endpointRefusals, hostFailures } from '#renderer/words/host-refusals.ts';
import { sayReason } from '#renderer/words/match-reasons.ts';
import { sayAdvice } from '#renderer/words/passphrase.ts';
import { hasWords, say } from '#renderer/words/say.ts';
import { stripRefusals, vaultRefusals, windowRefusals } from '#renderer/words/vault-refusals.ts';
import { hasWarningWords, sayWarning } from '#renderer/words/warnings.ts';
import { windowNotices } from '#renderer/words/window-notices.ts';
import { hostFailureCodes, windowNoticeCodes } from '#shared/bridge/contract.ts';
import { eventList } from '#shared/domain/registry/event-list.ts';
import type { Notice, Params } from '#shared/kernel/refusal.ts';
import { problemCodes } from '#shared/sync/problem.ts';
import { keysOf, makers, type Production, Sources, textsIn } from './source-codes.ts';

/* Elsewhere only codes travel: that each has words, and each its own params, only the sources can tell. */

const sources = new Sources(['shared', 'renderer', 'electron']);
const made = (isOf: (production: Production) => boolean): ReadonlySet<string> =>
  new Set(sources.productions.filter(isOf).map(({ code }) => code));
const warned = made(({ by }) => by === 'warning');
/** Nothing in the window asks for proofs of the tree: whoever first calls it there removes this, and writes their words. */
const withoutCaller = 'shared/log/tree/';
const keyFaults = 'shared/crypto/bindable-key.ts';
const said = made(
  ({ by, where }) => by !== 'warning' && !where.startsWith(withoutCaller) && !where.startsWith(keyFaults),
);

const refusalWords = [
  caseRefusals,
  hostFailures,
  endpointRefusals,
  vaultRefusals,
  windowRefusals,
  stripRefusals,
  windowNotices,
].flatMap(Object.keys);
const cautions = keysOf('renderer/words/assessment.ts', 'cautions');
const reasons = keysOf('renderer/words/match-reasons.ts', 'catalogue');
const advice = keysOf('renderer/words/passphrase.ts', 'catalogue');
const warnings = keysOf('renderer/words/warnings.ts', 'catalogue');

/** Made, and never said: an event of a newer Probity is counted, and the count has words. */
const counted = 'event-newer';
const withoutWords = (codes: Iterable<string>): readonly string[] => {
  const words = new Set([...refusalWords, ...cautions, ...reasons, ...advice, ...warnings, counted]);
  return [...codes].filter((code) => !words.has(code));
};

describe('every code that the sources make has words', () => {
  test('each place names its codes, or passes on another’s', () => {
    expect([...new Set(sources.unnamed.map(({ where }) => where.replace(/:\d+$/, '')))].sort()).toEqual([
      // What the endpoint says; the code must be one of `problemCodes`.
      'electron/host/signed-fetch.ts',
      // What the vault threw, if it has words.
      'renderer/state/vault-port.ts',
      // What the host says.
      'renderer/vault/host.ts',
      // What zxcvbn says.
      'renderer/vault/keys/passphrase.ts',
      // The schema of what the worker says that takes a file apart.
      'renderer/vault/sanitise/parse-reply.ts',
      // Why the unit did not change, within a warning.
      'renderer/words/warnings.ts',
      // The schema of what a host says.
      'shared/bridge/contract.ts',
    ]);
    // Of a VaultError the message is the code.
    const passing = Object.keys(makers).filter((name) => name !== 'VaultError');
    expect([...sources.passedOn].sort()).toEqual(passing.sort());
  });

  test('refusals and notices', () => {
    expect(said.size).toBeGreaterThan(150);
    expect(withoutWords(said)).toEqual([]);
    const refused = made(
      ({ by }) => by === 'refuse' || by === 'refuseField' || by === 'VaultError' || by === 'failure',
    );
    expect([...refused].filter((code) => !hasWords(code))).toEqual([]);
  });

  test('warnings', () => {
    expect(warned.size).toBeGreaterThan(25);
    expect([...warned].filter((code) => !hasWarningWords(code))).toEqual([]);
  });

  test.each([
    ['the rules of events', 'shared/domain/registry/registry.ts', 'RuleCode'],
    ['cases', 'shared/domain/case/refusal-of.ts', 'CaseRefusalCode'],
    ['what is written', 'shared/domain/event/data-refusal.ts', 'DataRefusalCode'],
    ['acts on the roster', 'renderer/vault/codes.ts', 'RosterRefusalCode'],
    ['files', 'renderer/vault/codes.ts', 'StripRefusalCode'],
  ])('the refusals of %s', (_, file, name) => {
    const codes = sources.codesOf(file, name);
    expect(codes.length).toBeGreaterThan(5);
    expect(codes.filter((code) => !hasWords(code))).toEqual([]);
  });

  test('what the host and the endpoint refuse', () => {
    expect([...hostFailureCodes, ...problemCodes, ...windowNoticeCodes].filter((code) => !hasWords(code))).toEqual([]);
  });

  test('faults of entries, as a warning', () => {
    const faults = made(({ where }) => where.startsWith('shared/log/entry.ts'));
    expect([...faults].sort()).toEqual(['entry-malformed', 'entry-parts', 'entry-signature']);
    expect([...faults].filter((code) => !hasWarningWords(code))).toEqual([]);
  });

  test('faults of pages, as a warning and as what stops an exchange', () => {
    const faults = sources.codesOf('shared/sync/accept-page.ts', 'PageFault', 'code');
    expect(faults.length).toBeGreaterThan(5);
    expect(faults.filter((code) => !hasWarningWords(code))).toEqual([]);
    const fallback = say({ code: 'log-not-believed', params: { because: 'something else' } });
    const words = faults.map((because) => say({ code: 'log-not-believed', params: { because } }));
    expect(new Set([fallback, ...words]).size).toBe(faults.length + 1);
  });

  test('faults of a token, which the endpoint says in its own words', () => {
    const faults = sources.codesOf('shared/sync/request-token.ts', 'TokenFault');
    expect([...keysOf('endpoint/http/authenticate.ts', 'tokenFaults')].sort()).toEqual([...faults].sort());
  });

  test('what zxcvbn says of a passphrase', () => {
    const { warnings: warning, suggestions } = translations;
    const codes = [...Object.keys(warning), ...Object.keys(suggestions)].map((code) => `passphrase-${code}`);
    expect([...advice].sort()).toEqual([...new Set(['passphrase-too-short', ...codes])].sort());
  });

  test('the events, and nothing else', () => {
    const types = eventList.map(({ type }) => type);
    expect(Object.keys(eventLabels).sort()).toEqual(types.sort());
  });
});

describe('nothing has words that nothing makes', () => {
  test('what the host and the endpoint refuse', () => {
    const host = new Set([...said, ...textsIn('build/browser-host')]);
    expect(hostFailureCodes.filter((code) => !host.has(code))).toEqual([]);
    const endpoint = textsIn('endpoint');
    expect(problemCodes.filter((code) => !endpoint.has(code))).toEqual([]);
  });

  test('refusals', () => {
    const possible = new Set<string>([...said, ...hostFailureCodes, ...problemCodes]);
    expect(refusalWords.filter((code) => !possible.has(code))).toEqual([]);
    expect(new Set(refusalWords).size).toBe(refusalWords.length);
  });

  test('warnings', () => expect(warnings.filter((code) => !warned.has(code))).toEqual([]));

  test('cautions and reasons', () => {
    const noticed = made(({ by }) => by === 'notice');
    expect([...cautions, ...reasons].filter((code) => !noticed.has(code))).toEqual([]);
  });
});

/** One value of each param that words are made of. */
const values: Params = {
  ...{ action: 'assess', asked: 'Marlow', because: 'offline', count: 2, criterion: 'seriousAssault', error: 'EIO' },
  ...{ example: 'PA-004211' },
  ...{
    fields: ['id'],
    from: 7,
    grade: 'source3',
    rank: 'inspector',
    on: '2027-02-12',
    height: 9000,
    kind: 'repeat',
    left: 'form',
  },
  ...{
    maximum: 300,
    minimum: 10,
    mostMemory: 2 ** 28,
    mostPages: 200,
    mostPixels: 50_000_000,
    name: 'Marlow',
    number: '4471',
    of: 'gap',
  },
  ...{ otherName: 'Mallow', own: 'https://acu.example', pages: 300, part: 'AB12', plate: 'AB12 CDE', position: 3 },
  ...{
    reference: 'PA-000001',
    roles: ['analyst', 'supervisor'],
    sameMake: true,
    seconds: 60,
    status: 502,
    timedOut: true,
    to: 5,
  },
  ...{ type: 'case.taken', unit: 'Kent', unnamed: true, why: 'not-secure', width: 9000 },
};

function wordsFor({ code, by }: Production, params: Params): string {
  const warned = { code: code as WarningCode, params, position: 3, case: null };
  if (by === 'warning') return sayWarning(warned);
  const notice: Notice = { code, params };
  if (cautions.includes(code)) return sayCaution(notice as Parameters<typeof sayCaution>[0]);
  if (reasons.includes(code)) return sayReason(notice);
  if (advice.includes(code)) return sayAdvice([notice]) ?? '';
  return hasWords(code) ? say(notice) : sayWarning(warned);
}

describe('words make sense with what their code comes with', () => {
  test.each(sources.productions.filter(({ code }) => code !== counted))('$code, made at $where', (production) => {
    const names = production.params ?? Object.keys(values);
    expect(names.filter((name) => !Object.hasOwn(values, name))).toEqual([]);
    const words = wordsFor(production, Object.fromEntries(names.map((name) => [name, values[name] ?? ''])));
    expect(words).toMatch(/^\S.*\S$/);
    expect(words).not.toMatch(/\{|\}|undefined|null|NaN|\[object| {2}| [.,]/);
    if (!reasons.includes(production.code)) expect(words).toMatch(/[.?]$/);
  });

  test.each([...hostFailureCodes, ...problemCodes])('%s, as it comes from outside', (code) => {
    for (const params of [{}, values]) {
      const words = say({ code, params });
      expect(words).toMatch(/^\S.*\.$/);
      expect(words).not.toMatch(/\{|\}|null|NaN|\[object| {2}/);
      if (params === values) expect(words).not.toContain('undefined');
    }
  });

  test.each([...hostFailureCodes, ...problemCodes])('a file that is not here because of %s', (because) => {
    const words = say({ code: 'file-not-here', params: { ...values, because } });
    expect(words).toBe(`This file is not on this computer yet. ${say({ code: because, params: values })}`);
  });

  test('a file that is not here for a reason of a newer endpoint', () => {
    const words = say({ code: 'file-not-here', params: { because: 'of-a-newer-endpoint' } });
    expect(words).toBe('This file is not on this computer yet. The endpoint did not send it.');
  });

  test('a warning of an admission that was refused says who could make it', () => {
    const params = { action: 'admitMember', roles: ['supervisor'], because: 'not-allowed' };
    const words = sayWarning({ code: 'refused', params, position: 3, case: null });
    expect(words).toBe('Only a supervisor can admit members.');
  });

  test('a code without words says that there is something, and how to name it', () => {
    expect(say({ code: 'of-a-newer-endpoint', params: {} })).toContain('(of-a-newer-endpoint)');
    expect(say({ code: 'constructor', params: {} })).toContain('(constructor)');
    const code = 'of-a-newer-vault' as WarningCode;
    expect(sayWarning({ code, params: {}, position: null, case: null })).toContain('(of-a-newer-vault)');
  });
});
