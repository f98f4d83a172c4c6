import { readFile, writeFile } from 'node:fs/promises';
import { fingerprintOfOperator } from '#shared/crypto/fingerprint.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { spellOut } from '#shared/kernel/spoken-code.ts';
import { type Command, usage } from '../command-line.ts';
import type { EndpointPlace } from '../open-endpoint.ts';
import { type Order, type OrderReply, orderSchema } from './operate.ts';
import { makeOperatorKey } from './operator-key.ts';
import { placeOrder } from './place-order.ts';
import { signDraft } from './sign-directory.ts';

/** Carries out one of the operator's commands. @returns what to tell them. @throws when it was not done */
export async function runCommand(command: Exclude<Command, { do: 'serve' }>): Promise<readonly string[]> {
  if (command.do === 'help') return [usage];
  if (command.do === 'makeKey') return makeKey(command.out);
  if (command.do === 'sign') return signDraft(command.signing);
  if (command.do === 'draft') return draft(command.place, command.out);
  if (command.do === 'publish') return publish(command.place, command.file);
  return tell(await place(command.place, command.order));
}

async function makeKey(out: string): Promise<string[]> {
  const made = await makeOperatorKey(out);
  if (!made) throw new Error(`There is a file ${out} already. No key was made.`);
  return [`Public key: ${made}`, ...(await fingerprintLines(made)), 'Keep the file, and a copy, where no network is.'];
}

async function draft(at: EndpointPlace, out: string): Promise<string[]> {
  const reply = await place(at, { order: 'draftDirectory' });
  if (!('draft' in reply)) throw new Error('The endpoint made no draft.');
  await writeFile(out, `${JSON.stringify(reply.draft, null, 2)}\n`);
  return [`Draft of ${reply.draft.units.length} units, in ${out}.`];
}

async function publish(at: EndpointPlace, file: string): Promise<string[]> {
  const document = (await readFile(file, 'utf8')).trim();
  return tell(await place(at, orderSchema.parse({ order: 'publishDirectory', document })));
}

type Done = Exclude<OrderReply, { refused: string }>;

async function place(at: EndpointPlace, order: Order): Promise<Done> {
  const reply = await placeOrder(at, order);
  if ('refused' in reply) throw new Error(reply.refused);
  return reply;
}

async function tell(reply: Done): Promise<string[]> {
  if ('trusted' in reply) return [`Operator’s key: ${reply.trusted}`, ...(await fingerprintLines(reply.trusted))];
  if ('keys' in reply) return tellKeys(reply);
  if ('published' in reply) return [`Directory ${reply.published} is published.`];
  if ('code' in reply) {
    return [...(reply.unit ? [`Unit: ${reply.unit}`] : []), `One-time code, good for 72 hours: ${reply.code}`];
  }
  return [];
}

function tellKeys({ keys, untold }: Extract<Done, { keys: unknown }>): string[] {
  return [
    `Key for entries: ${keys.endpointKey}`,
    `Key for checkpoints: ${keys.checkpointKey}`,
    ...untold.map((unit) => `The log of unit ${unit} could not be told. It is tried again at each start.`),
    'Keep a copy of the key file. The directory names the keys of before: draft, sign and publish the next one.',
  ];
}

async function fingerprintLines(key: AuthorKey): Promise<string[]> {
  const fingerprint = await fingerprintOfOperator(key);
  return [`Its fingerprint, to read out: ${fingerprint}`, `    ${spellOut(fingerprint)}`];
}
