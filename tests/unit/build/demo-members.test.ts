import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { dictionary as english } from '@zxcvbn-ts/language-en';
import { expect, test } from 'vitest';
import { demoMembers } from '#build/demo/members.ts';
import { contract } from '#shared/bridge/contract.ts';

test('two analysts and a supervisor, as the contract describes them', () => {
  expect(demoMembers.map(({ role }) => role).sort()).toEqual(['analyst', 'analyst', 'supervisor']);
  const demo = { code: 'DEM0W0RK', members: demoMembers };
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
