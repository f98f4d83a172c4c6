import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { StoredKey } from '#endpoint/stored-key.ts';
import type { SlotSecrets } from '#renderer/vault/keys/slots.ts';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import type { Envelope } from '#shared/domain/event/envelope.ts';
import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import type { UnitRecord } from '#shared/domain/unit/unit-record.ts';
import type { AuthorKey, Digest, EntryId, Position, UnitId } from '#shared/kernel/ids.ts';
import type { Header } from '#shared/log/header.ts';
import type { LogState } from '#shared/log/log-state.ts';
import type { Directory } from '#shared/sync/directory.ts';
import type { Passage, Sealed } from '#shared/sync/transfer.ts';
import type { KeptSlotSecret } from '../memory-slot-calls.ts';

/* What the golden files hold. Bytes are base64url, but where they are the text of something: then they are that. */

/** Every secret of the history. Of invented people, and good for nothing else. */
export interface GoldenKeys {
  readonly about: string;
  readonly unit: UnitId;
  readonly other: UnitId;
  /** When the history ends: the clock of whoever reads the files. */
  readonly now: number;
  readonly passphrases: Readonly<Record<string, string>>;
  readonly slots: Readonly<Record<string, SlotSecrets>>;
  /** Devices that have no slot in the files. */
  readonly devices: readonly { readonly author: AuthorKey; readonly sealingPrivateKey: string }[];
  /** The recovery key of the first unit, and its shares, of which two are needed. Base64url, as the shares are. */
  readonly recovery: { readonly author: AuthorKey; readonly secret: string; readonly shares: readonly string[] };
  /** Who signs the directory. */
  readonly operator: StoredKey;
  /** Secrets of the generations of both units, and what follows from each. */
  readonly generations: readonly { readonly id: string; readonly secret: string; readonly publicKey: string }[];
}

export interface GoldenBox {
  readonly label: unknown;
  readonly sealed: string;
  /** The content key, or the secret of the generation. */
  readonly holds: string;
}

export interface GoldenEntry {
  readonly position: Position;
  /** Who signed it. */
  readonly by: string;
  readonly arrivedAt: number;
  readonly header: Header;
  readonly signature: string;
  /** Null in the clear: then it is the canonical JSON of `event`. */
  readonly body: string | null;
  readonly boxes: readonly GoldenBox[];
  readonly hash: Digest;
  readonly leaf: string;
  /** SHA-256 of the entry in CBOR. */
  readonly cbor: Digest;
  /** Null in the clear. */
  readonly salt: string | null;
  readonly event: Envelope;
  /** What a reader makes of an event that another unit sent. */
  readonly unwrapped?: Envelope;
}

export interface GoldenLog {
  readonly entries: readonly GoldenEntry[];
  /** How the endpoint serves at the end those of which something was withdrawn. CBOR. */
  readonly withdrawn: readonly { readonly position: Position; readonly served: string }[];
}

/** What the whole log folds to. */
export interface GoldenState {
  readonly log: LogState;
  readonly roster: MaybeRoster;
  readonly record: UnitRecord;
  readonly faults: readonly unknown[];
  readonly cases: Readonly<Record<string, unknown>>;
}

export interface GoldenTree {
  /** After each append. */
  readonly checkpoints: readonly { readonly size: number; readonly root: Digest; readonly note: string }[];
  readonly tiles: readonly { readonly path: string; readonly hashes: string }[];
  readonly inclusion: readonly { readonly position: Position; readonly proof: string }[];
  readonly consistency: readonly { readonly from: number; readonly to: number; readonly proof: readonly string[] }[];
  /** As it is served, with the entries of the log that are of the roster. */
  readonly roster: { readonly proof: string; readonly cbor: Digest };
}

/** What a row opens to: JSON, lines of JSON, CBOR as JSON shows it, or bytes. */
export type Opened =
  | { readonly json: unknown }
  | { readonly lines: readonly unknown[] }
  /** A case, and its words. */
  | { readonly words: readonly (readonly string[])[] }
  | { readonly cbor: unknown }
  | { readonly bytes: string };

export interface GoldenRow {
  readonly key: string | number;
  readonly streams?: readonly string[];
  readonly box: string;
  /** The key that opens it: of the device, of a slot, or of a readership. Null for a chunk, which is sealed already. */
  readonly under: string | null;
  readonly holds: Opened | null;
}

export interface GoldenStore {
  /** Whoever had it open last. */
  readonly member: string;
  readonly deviceSecret: string;
  /** What the host keeps for the passphrase of each slot. */
  readonly slotSecrets: readonly KeptSlotSecret[];
  readonly readerships: Readonly<Record<string, readonly string[]>>;
  readonly tables: Readonly<Record<string, readonly GoldenRow[]>>;
}

export interface GoldenEndpoint {
  /** By table, as JSON; bytes are hexadecimal, as PostgreSQL writes them. */
  readonly tables: Readonly<Record<string, readonly Record<string, unknown>[]>>;
  /** Those of the data folder, by their path. */
  readonly files: Readonly<Record<string, string>>;
}

export interface GoldenExchange {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly status: number;
  readonly type: string | null;
  /** Text, or bytes in base64url for other types. */
  readonly reply: string;
}

export interface GoldenCall {
  readonly name: string;
  /** Bytes as `{ bytes }`. */
  readonly request: unknown;
  readonly result: unknown;
}

export interface GoldenMessages {
  readonly http: readonly GoldenExchange[];
  readonly bridge: readonly GoldenCall[];
  readonly hostEvents: readonly unknown[];
  /** The files of the workstation's profile. */
  readonly profile: Readonly<Record<string, string>>;
  readonly enrolmentCodes: readonly { readonly typed: string; readonly code: string }[];
}

export interface GoldenStatement {
  readonly kind: 'transfer' | 'answer';
  readonly entry: EntryId;
  readonly passage: Passage;
  readonly sealed: Sealed;
  readonly statement: unknown;
}

/** What a unit learns of the others. */
export interface GoldenDirectory {
  /** As the operator signed it, and what it says. */
  readonly document: string;
  readonly directory: Directory;
  /** Of the unit that stated something, as of each checkpoint that the log names. CBOR. */
  readonly rosters: readonly { readonly unit: UnitId; readonly at: number; readonly roster: string }[];
}

export interface GoldenSizes {
  /** Bytes of salt and event, and of the body that they are sealed in. */
  readonly bodies: readonly (readonly [number, number])[];
  /** Bytes of a file, and of each of its chunks. */
  readonly chunks: readonly (readonly [number, readonly number[]])[];
  /** Values, and their one text. */
  readonly canonical: readonly { readonly value: unknown; readonly text: string }[];
}

export interface GoldenFiles {
  readonly keys: GoldenKeys;
  readonly log: GoldenLog;
  readonly state: GoldenState;
  readonly tree: GoldenTree;
  readonly store: GoldenStore;
  readonly endpoint: GoldenEndpoint;
  readonly messages: GoldenMessages;
  readonly statements: readonly GoldenStatement[];
  readonly directory: GoldenDirectory;
  readonly sizes: GoldenSizes;
}

const pathOf = (name: keyof GoldenFiles): string =>
  fileURLToPath(new URL(`../../golden/${name}.json`, import.meta.url));

export const readGolden = <Name extends keyof GoldenFiles>(name: Name): GoldenFiles[Name] =>
  JSON.parse(readFileSync(pathOf(name), 'utf8')) as GoldenFiles[Name];

export const writeGolden = <Name extends keyof GoldenFiles>(name: Name, value: GoldenFiles[Name]): void =>
  writeFileSync(pathOf(name), `${JSON.stringify(value, showBytes, 1)}\n`);

/** Byte strings among JSON values. */
function showBytes(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const raw = this[key];
  return raw instanceof Uint8Array ? { bytes: toBase64url(raw) } : value;
}

/** As JSON shows it, to be compared with what stands in a file. */
export const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value, showBytes));

/** With the byte strings that a file shows. */
export function withBytes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withBytes);
  const [[name, text] = [], ...more] = Object.entries(value);
  if (name === 'bytes' && more.length === 0 && typeof text === 'string') return fromBase64url(text);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withBytes(each)]));
}
