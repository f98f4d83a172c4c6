import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { dictionary as english } from '@zxcvbn-ts/language-en';
import { expect, test } from 'vitest';
import { demoMembers, inventedMembers } from '#build/demo/members.ts';
import { contract } from '#shared/bridge/contract.ts';

test('three analysts, two supervisors and a reviewer, as the contract describes them', () => {
  const roles = demoMembers.map(({ role }) => role);
  expect(roles.toSorted()).toEqual(['analyst', 'analyst', 'analyst', 'reviewer', 'supervisor', 'supervisor']);
  // With two supervisors it takes both to admit anybody: the second comes last.
  expect([roles[0], roles.at(-1)]).toEqual(['supervisor', 'supervisor']);
  expect(
    inventedMembers.filter(({ role }) => role === 'supervisor').every(({ grade }) => grade.rank === 'inspector'),
  ).toBe(true);
  const demo = { code: 'DEM0W0RK', members: demoMembers, isNew: false };
  expect(contract['host.describe'].reply.shape.demo.safeParse(demo).success).toBe(true);
});

test.each(demoMembers.map(({ name, passphrase }) => [name, passphrase]))(
  'the passphrase of %s is four words, as strong as any',
  (name, passphrase) => {
    expect(passphrase).toMatch(/^[a-z]+(-[a-z]+){3}$/);
    const zxcvbn = new ZxcvbnFactory({ graphs: adjacencyGraphs, dictionary: { ...dictionary, ...english } });
    expect(zxcvbn.check(passphrase, name.split(' ')).score).toBe(4);
  },
);
