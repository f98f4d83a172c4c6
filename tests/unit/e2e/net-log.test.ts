import { expect, test } from 'vitest';
import { hostsIn } from '#tests/e2e/support/net-log.ts';

const event = (type: number, params: object) =>
  JSON.stringify({ params, phase: 1, source: { id: 1 }, time: '1', type });
const log = (...events: string[]) =>
  `{"constants":{"logEventTypes":{"TCP_CONNECT":39,"UDP_LOCAL_ADDRESS":82}},\n"events": [\n${events.join(',\n')}]}\n`;

test('every host is found that was looked up, connected to or asked for something', () => {
  const hosts = hostsIn(
    log(
      event(1, { url: 'app://probity/index.html' }),
      event(1, { url: 'http://127.0.0.1:4000/v1/units' }),
      event(2, { host: 'https://dictionaries.example' }),
      event(2, { host: 'updates.example:443' }),
      event(3, { hostname: 'wpad' }),
      event(39, { address_list: ['192.0.2.7:443', '[2001:db8::1]:443'] }),
      event(40, { address: '[2001:4860:4860::8888]:53' }),
      event(82, { address: '192.0.2.99:50000' }),
    ),
  );
  expect([...hosts].sort()).toEqual(
    ['127.0.0.1', '192.0.2.7', '[2001:db8::1]', 'dictionaries.example', 'updates.example', 'wpad'].sort(),
  );
});

test('a log that ends in the middle is read as far as it goes', () => {
  const whole = log(event(1, { url: 'https://one.example/' }), event(1, { url: 'https://two.example/' }));
  expect(hostsIn(whole.slice(0, -20))).toEqual(new Set(['one.example']));
});
