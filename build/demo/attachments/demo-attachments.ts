import type { SentAttachment } from '#shared/domain/report/attachments.ts';
import { britishDate, day } from '../calendar.ts';
import type { Random } from '../random.ts';
import { drawStreetAtNight } from './jpeg.ts';
import { typePage } from './pdf.ts';
import { drawMessages } from './png.ts';
import { scanPages } from './scan.ts';
import { photographStreet } from './street.ts';

type Make = (random: Random, recordedAt: number) => { name: string; type: SentAttachment['type']; bytes: Buffer };

const stamp = (time: number) => new Date(time).toISOString().slice(0, 10);

const screenshot: Make = (random, recordedAt) => ({
  name: `Screenshot ${stamp(recordedAt - random.int(2, 60) * day)}.png`,
  type: 'image/png',
  bytes: drawMessages(random),
});

const photograph: Make = (random) => ({
  name: `IMG_${random.int(1000, 9999)}.jpg`,
  type: 'image/jpeg',
  bytes: drawStreetAtNight(random),
});

const diary: Make = (random, recordedAt) => {
  const entries = entriesOf(random, recordedAt, 6);
  const page = [
    'Dates noted (typed copy, names taken out)',
    '',
    ...entries.map(([date, note]) => `${date.padEnd(20)}${note}`),
  ];
  return {
    name: random.pick(['dates.pdf', 'diary of dates.pdf', 'typed notes.pdf']),
    type: 'application/pdf',
    bytes: typePage(page),
  };
};

const transcript: Make = (random, recordedAt) => {
  const entries = entriesOf(random, recordedAt, 9);
  const text = `Copied out from the messages. Names taken out.\r\n\r\n${entries.map(([date, note]) => `${date}: ${note}`).join('\r\n')}\r\n`;
  return {
    name: random.pick(['messages.txt', 'copied messages.txt', 'notes.txt']),
    type: 'text/plain',
    bytes: Buffer.from(text, 'utf8'),
  };
};

const notes = [
  'seen again, same place, about twenty minutes',
  'message at night: "are you up"',
  'car outside, engine running',
  'said not to tell anyone',
  'cash handed over in an envelope',
  'rang three times, no words left',
  '"you know what I can find out"',
  'did not come to work, said to be on a course',
  'the other one was there as well',
  '"delete this when you have read it"',
  'argument in the car park, voices raised',
  'asked for the money back',
];

function entriesOf(random: Random, recordedAt: number, count: number): [string, string][] {
  const days = Array.from({ length: count }, () => random.int(3, 120)).sort((a, b) => b - a);
  const shuffled = random.shuffle(notes);
  return days.map((ago, index) => [britishDate(recordedAt - ago * day), shuffled[index] ?? 'as before']);
}

/** What a report may come with that has the size of the real thing. */
export type LargeFiles = 'photographs' | 'scan';

const street: Make = (random) => ({
  name: `IMG_${random.int(1000, 9999)}.jpg`,
  type: 'image/jpeg',
  bytes: photographStreet(random),
});

const scannedDiary: Make = (random, recordedAt) => {
  const entries = entriesOf(random, recordedAt, 12).map(([date, note]) => [date, `  ${note}`, '']);
  const page = (from: number, to: number) => ['Dates noted (names taken out)', '', ...entries.slice(from, to).flat()];
  return {
    name: 'Scan of diary.pdf',
    type: 'application/pdf',
    bytes: scanPages(random, [page(0, 6), page(6, 12)]),
  };
};

/** Half a megabyte each, and more. */
export const inventLargeFiles = (random: Random, recordedAt: number, files: LargeFiles): SentAttachment[] =>
  toSend(files === 'scan' ? [scannedDiary] : [street, street], random, recordedAt);

const toSend = (makers: readonly Make[], random: Random, recordedAt: number): SentAttachment[] =>
  makers.map((make) => {
    const { name, type, bytes } = make(random, recordedAt);
    return { name, type, bytes: bytes.toString('base64') };
  });

/** One to three small, whole files of the sorts that the endpoint takes. */
export function inventAttachments(random: Random, recordedAt: number): SentAttachment[] {
  const count = random.weighted([
    [1, 6],
    [2, 3],
    [3, 1],
  ]);
  const makers = random.shuffle([screenshot, screenshot, photograph, diary, transcript]).slice(0, count);
  return toSend(makers, random, recordedAt);
}

/** For a sentence: an image and a document. */
export function attachmentsInWords(attachments: readonly SentAttachment[]): string {
  if (attachments.length > 1) return `${['two', 'three'][attachments.length - 2] ?? 'several'} files`;
  return attachments[0]?.type.startsWith('image/') ? 'one image' : 'one document';
}
