import { typePage } from '#build/demo/attachments/pdf.ts';
import { drawMessages } from '#build/demo/attachments/png.ts';
import { seededRandom } from '#build/demo/random.ts';
import { randomOf } from '#tests/support/endpoint-random.ts';
import { greyJpeg } from './grey-jpeg.ts';
import type { HostileFile } from './hostile-file.ts';
import { bytesOf, packed, pageOf } from './make-pdf.ts';

/* Good files that were cut, changed or put together. */

const good = {
  'image/jpeg': () => greyJpeg({ width: 640, height: 480, orientation: 6, shade: (x, y) => (x * y) % 256 }),
  'image/png': () => drawMessages(seededRandom(7)),
  'application/pdf': () =>
    pageOf({
      resources: '/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /X 5 0 R >>',
      content: packed('BT /F 12 Tf 10 100 Td (Said on Thursday.) Tj ET q 64 0 0 48 10 10 cm /X Do Q'),
      more: [
        bytesOf(
          '<< /Subtype /Image /Width 64 /Height 48 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length 1000 >>\nstream\n',
          greyJpeg({ width: 64, height: 48 }),
          '\nendstream',
        ),
      ],
    }),
  'text/plain': () => Buffer.from('Said on Thursday, in the yard: “café”.\r\n'.repeat(200)),
} as const;
const types = Object.keys(good) as (keyof typeof good)[];
const each = <Made>(count: number, make: (number: number) => Made): readonly Made[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

/** Cut at a place that the seed draws. */
const cut = (seed: number) =>
  types.flatMap((type) =>
    each(
      10,
      (number): HostileFile => ({
        name: `${type} cut short, the ${number}.`,
        type,
        make: () => {
          const whole = good[type]();
          return whole.subarray(0, Math.floor(randomOf(seed + number)() * whole.length));
        },
      }),
    ),
  );

/** A few bytes that the seed draws are others. */
const changed = (seed: number) =>
  types.flatMap((type) =>
    each(
      15,
      (number): HostileFile => ({
        name: `${type} with ${number} bytes changed`,
        type,
        make: () => {
          const random = randomOf(seed * 31 + number);
          const whole = Buffer.from(good[type]());
          for (let done = 0; done < number; done += 1)
            whole[Math.floor(random() * whole.length)] = Math.floor(random() * 256);
          return whole;
        },
      }),
    ),
  );

const zip = bytesOf('PK\u0003\u0004', Buffer.alloc(26), 'PK\u0005\u0006', Buffer.alloc(18));
const page = (): Buffer => typePage(['A page']);
const html = '<html><script>fetch("https://example.invalid/")</script></html>';
const polyglots: readonly HostileFile[] = [
  ...types.flatMap((type) =>
    types.flatMap((other): readonly HostileFile[] => [
      { name: `${type} behind ${other}, called ${type}`, type, make: () => bytesOf(good[other](), good[type]()) },
      { name: `${type} before ${other}, called ${type}`, type, make: () => bytesOf(good[type](), good[other]()) },
    ]),
  ),
  { name: 'a PDF behind a web page', type: 'application/pdf', make: () => bytesOf('%PDF-1.7\n', html, page()) },
  { name: 'a PDF behind an archive', type: 'application/pdf', make: () => bytesOf(zip, page()) },
  { name: 'a PDF before an archive', type: 'application/pdf', make: () => bytesOf(page(), zip) },
  { name: 'a web page called text', type: 'text/plain', make: () => bytesOf(html) },
  { name: 'an archive called text', type: 'text/plain', make: () => zip },
  { name: 'a programme called a picture', type: 'image/png', make: () => bytesOf('MZ', Buffer.alloc(1_000)) },
];

export const damagedFiles = (seed: number): readonly HostileFile[] => [...cut(seed), ...changed(seed), ...polyglots];
