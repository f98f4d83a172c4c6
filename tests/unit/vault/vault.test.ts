import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { NewMember, Slot } from '#renderer/vault/vault-api.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { Role } from '#shared/domain/policy/policy.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { foundedOn, grade, passphrase, startVaultOn, statusOf, unlocked } from '#tests/support/workstation.ts';

const rationale = 'Enough of reasons.';
const noRisk = { atRiskNow: 'no', people: [], rationale };
const notMandatory = { criteria: [], corruption: [], becameClearAt: null, rationale };
const wholeNarrative = { start: 0, end: 11, text: referralWith().report.narrative.slice(0, 11), provenance: null };
const recorded = { chosen: { kind: 'record', reviewOn: '2099-01-31' }, options: [], rationale };

describe('a referral travels from the endpoint to a signed decision', () => {
  test('found, unlock, receive, take, decide, sync, restart', async () => {
    const endpoint = await createMemoryEndpoint();
    const store = createMemoryStore();
    const host = endpoint.host();
    const { vault, slot, kill } = await foundedOn(store, host);
    expect(endpoint.founded()).toBe(true);
    expect(endpoint.log).toHaveLength(6); // founded, opened to everyone, named (the unit and its founder), ranked, unlocked

    const id = await endpoint.deliver(referralWith());
    await endpoint.deliver(referralWith({ peopleAtRisk: [{ who: 'Partner', risk: 'Threats', urgency: 'high' }] }));
    await vault.call('sync.now', {});
    const page = await vault.call('queue.page', { query: everyCase, offset: 0, limit: 200 });
    expect(page.rows.map(({ priority }) => priority)).toEqual(['high', 'standard']);

    const record = async (type: CaseCommand['type'], data: object) =>
      vault.call('case.record', { command: { type, case: id, data } as CaseCommand });
    expect(await record('risk.assessed', noRisk)).toEqual({ ok: false, error: { code: 'take-first', params: {} } });
    expect((await record('case.taken', {})).ok).toBe(true);
    expect((await record('disposition.recorded', recorded)).ok).toBe(false);
    for (const [type, data] of [
      ['risk.assessed', noRisk],
      ['mandatoryReferral.assessed', notMandatory],
      ['item.recorded', wholeNarrative],
      ['disposition.recorded', recorded],
    ] as const) {
      expect(await record(type, data), type).toMatchObject({ ok: true });
    }
    await vault.call('sync.now', {});
    expect(endpoint.log).toHaveLength(13);
    expect((await statusOf(vault)).waiting).toBe(0);

    kill();
    const again = await unlocked(startVaultOn(store, host), slot);
    const view = await again.call('case.open', { id });
    if (!view.ok) throw new Error(JSON.stringify(view.error));
    expect(view.value.summary.status).toBe('recorded');
    expect(view.value.state.activity.map(({ type }) => type)).toEqual([
      'referral.received',
      'case.taken',
      'risk.assessed',
      'mandatoryReferral.assessed',
      'item.recorded',
      'disposition.recorded',
    ]);
    expect((await statusOf(again)).warnings).toEqual([]);
    expect(await again.call('log.verify', {})).toEqual([]);
  });

  test('a second member is admitted here, and sees the same', async () => {
    const endpoint = await createMemoryEndpoint();
    const store = createMemoryStore();
    const host = endpoint.host();
    const { vault, kill } = await foundedOn(store, host);
    const id = await endpoint.deliver(referralWith());
    await vault.call('sync.now', {});
    const admitted = await vault.call('member.admit', { name: 'Ash Birch', role: 'analyst', passphrase, grade });
    if (!admitted.ok) throw new Error(JSON.stringify(admitted.error));
    await vault.call('sync.now', {});
    kill();
    const other = await unlocked(startVaultOn(store, host), admitted.value);
    expect((await other.call('queue.page', { query: everyCase, offset: 0, limit: 10 })).matching).toBe(1);
    expect((await other.call('case.record', { command: { type: 'case.taken', case: id, data: {} } })).ok).toBe(true);
    expect((await other.call('member.admit', { name: 'X', role: 'analyst', passphrase, grade })).ok).toBe(false);
    expect((await statusOf(other)).warnings).toEqual([]);
  });
});

describe('once there have been two supervisors', () => {
  const words = { one: 'copper lantern orbit meadow', other: 'velvet orchard under rain' };

  async function withTwo() {
    const endpoint = await createMemoryEndpoint();
    const host = endpoint.host();
    const { vault, slot } = await foundedOn(createMemoryStore(), host);
    const admit = (name: string, role: Role, second?: NewMember['second']) =>
      vault.call('member.admit', { name, role, passphrase: words.other, grade, ...(second && { second }) });
    expect(await vault.call('member.admissionTerms', {})).toEqual({ seconds: null });
    const analyst = await admit('Ash Birch', 'analyst');
    const supervisor = await admit('Kim Osei', 'supervisor');
    if (!analyst.ok || !supervisor.ok) throw new Error('not admitted');
    const terms = await vault.call('member.admissionTerms', {});
    expect(terms.seconds?.map(({ name }) => name)).toEqual(['Kim Osei']);
    return { endpoint, vault, admit, slot, analyst: analyst.value, supervisor: supervisor.value };
  }
  const devices = ({ endpoint }: Awaited<ReturnType<typeof withTwo>>) => endpoint.roster()?.devices ?? [];

  test('an admission takes both, and counts from the second signature', async () => {
    const unit = await withTwo();
    const { vault, admit, supervisor, endpoint } = unit;
    const admitted = await admit('Lee Marsh', 'analyst', { slot: supervisor.id, passphrase: words.other });
    expect(admitted).toMatchObject({ ok: true, value: { name: 'Lee Marsh' } });
    await vault.call('sync.now', {});
    expect(devices(unit).map(({ granted, standing }) => [granted.toSorted(), standing])).toEqual(
      new Array(4).fill([['everyone', 'unit'], 'inForce']),
    );
    const acts = endpoint.log.filter(({ entry }) => entry.header.key === null).slice(-4);
    expect(new Set(acts.map(({ entry }) => entry.header.author)).size).toBe(2);
    expect((await statusOf(vault)).warnings).toEqual([]);
    expect(await vault.call('log.verify', {})).toEqual([]);
  });

  test.each([
    ['without the second', () => undefined, 'second-needed'],
    [
      'with the same member twice',
      ({ slot }: { slot: Slot }) => ({ slot: slot.id, passphrase: words.one }),
      'same-member-twice',
    ],
    [
      'with an analyst',
      ({ analyst }: { analyst: Slot }) => ({ slot: analyst.id, passphrase: words.other }),
      'not-allowed-as-second',
    ],
    [
      'with a wrong passphrase',
      ({ supervisor }: { supervisor: Slot }) => ({ slot: supervisor.id, passphrase: 'no' }),
      'wrong-passphrase',
    ],
  ] as const)('nobody is admitted %s', async (_, secondOf, code) => {
    const unit = await withTwo();
    const second = secondOf(unit);
    expect(await unit.admit('Lee Marsh', 'analyst', second)).toMatchObject({ ok: false, error: { code } });
    await unit.vault.call('sync.now', {});
    expect(devices(unit)).toHaveLength(3);
    expect(unit.endpoint.roster()?.proposals).toEqual([]);
    expect((await unit.vault.call('slots.list', {})).slots.map(({ name }) => name)).not.toContain('Lee Marsh');
  });
});
