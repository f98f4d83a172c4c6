import { expect, test } from 'vitest';
import { parseEndpointAddress } from '#electron/host/workstation.ts';

const accepted: [address: string, origin: string][] = [
  ['https://acu.example.police.uk', 'https://acu.example.police.uk'],
  ['https://acu.example.police.uk:8443/', 'https://acu.example.police.uk:8443'],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ['http://localhost:4000/', 'http://localhost:4000'],
  ['http://[::1]:4000', 'http://[::1]:4000'],
];
test.each(accepted)('%s is %s', (address, origin) => {
  expect(parseEndpointAddress(address)).toEqual({ ok: true, value: origin });
});

const refused = [
  'acu.example.police.uk',
  '',
  'http://acu.example.police.uk',
  'http://127.0.0.1.example.com',
  'http://localhost.example.com',
  'http://10.0.0.1',
  'file:///etc/passwd',
  'https://user:word@acu.example.police.uk',
  'https://acu.example.police.uk/path',
  'https://acu.example.police.uk/?query',
  'https://acu.example.police.uk/#fragment',
];
test.each(refused)('%s is refused', (address) => {
  expect(parseEndpointAddress(address)).toMatchObject({ ok: false, error: { code: 'endpoint-address', retry: false } });
});
