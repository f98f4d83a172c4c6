import type { Queries, Sql } from './sql.ts';

interface Migration {
  readonly version: number;
  readonly sql: string;
}

/**
 * The schema, in steps that are only ever added to once they were released. Times are milliseconds since the Unix epoch,
 * hashes unpadded base64url. There is no column for anything readable: see docs/threat-model.md.
 */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
      -- The one key that signs here, so that no process starts with another by mistake.
      CREATE TABLE endpoint_identity (
        singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
        public_key text NOT NULL
      );
      CREATE TABLE units (
        id uuid PRIMARY KEY,
        force text NOT NULL UNIQUE,
        force_name text NOT NULL,
        jurisdiction text NOT NULL,
        name text NOT NULL,
        -- A checkpoint that this endpoint signed, of a log that is not the one here: this database was set back
        -- (unit-log/set-back.ts). Null when none was shown.
        set_back jsonb
      );
      -- The directory, as the operator signed it. Whoever reads it verifies that.
      CREATE TABLE directory (
        singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
        document text NOT NULL
      );
      -- Who runs an intake device stands in its code, and from there in the device and in what it posts: devices are
      -- replaced, and what their organisation posted stays its own.
      CREATE TABLE enrolment_codes (
        hash text PRIMARY KEY,
        purpose text NOT NULL CHECK (purpose IN ('workstation', 'intake')),
        unit uuid REFERENCES units,
        organisation text,
        expires_at bigint NOT NULL,
        reusable boolean NOT NULL,
        used_at bigint,
        used_by text,
        CHECK ((purpose = 'workstation') = (unit IS NOT NULL)),
        CHECK ((purpose = 'intake') = (organisation IS NOT NULL))
      );
      CREATE TABLE devices (
        key text PRIMARY KEY,
        purpose text NOT NULL CHECK (purpose IN ('workstation', 'intake')),
        unit uuid REFERENCES units,
        organisation text,
        enrolled_at bigint NOT NULL,
        CHECK ((purpose = 'workstation') = (unit IS NOT NULL)),
        CHECK ((purpose = 'intake') = (organisation IS NOT NULL))
      );
      CREATE TABLE used_tokens (
        device text NOT NULL,
        id uuid NOT NULL,
        expires_at bigint NOT NULL,
        PRIMARY KEY (device, id)
      );
      CREATE INDEX used_tokens_by_expiry ON used_tokens (expires_at);
      CREATE TABLE entries (
        unit uuid NOT NULL REFERENCES units,
        position bigint NOT NULL CHECK (position > 0),
        id uuid NOT NULL,
        author text NOT NULL,
        stream uuid NOT NULL,
        -- An entry of the roster.
        in_clear boolean NOT NULL,
        hash text NOT NULL,
        -- What the leaf of the tree says beside the hash.
        arrived_at bigint NOT NULL,
        roster_head bytea NOT NULL,
        header bytea NOT NULL,
        signature bytea NOT NULL,
        -- Null once it is withdrawn.
        body bytea,
        -- CBOR of the list; of one that is withdrawn, its label and a digest.
        boxes bytea NOT NULL,
        PRIMARY KEY (unit, position),
        UNIQUE (unit, id)
      );
      CREATE INDEX entries_by_author ON entries (unit, author, position);
      CREATE INDEX entries_by_stream ON entries (unit, stream, position);
      CREATE INDEX entries_in_clear ON entries (unit, position) WHERE in_clear;
      -- Ciphertext does not compress: trying would only cost time.
      ALTER TABLE entries ALTER COLUMN body SET STORAGE EXTERNAL;
      ALTER TABLE entries ALTER COLUMN boxes SET STORAGE EXTERNAL;
      -- One for each append. What its tree was then is in the tiles.
      CREATE TABLE checkpoints (
        unit uuid NOT NULL REFERENCES units,
        size bigint NOT NULL CHECK (size > 0),
        -- The signed note.
        note text NOT NULL,
        PRIMARY KEY (unit, size)
      );
      -- Hashes of the tree, 32 bytes each, up to 256 in a row; the last row of each level is filled up.
      CREATE TABLE tiles (
        unit uuid NOT NULL REFERENCES units,
        level integer NOT NULL,
        index bigint NOT NULL,
        hashes bytea NOT NULL,
        PRIMARY KEY (unit, level, index)
      );
      ALTER TABLE tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;
      -- Ids are their device's own. The digest is keyed (intake/content-digest.ts), so that nobody can try guesses of a
      -- report on it.
      CREATE TABLE reports (
        device text NOT NULL REFERENCES devices,
        id uuid NOT NULL,
        content text NOT NULL,
        unit uuid NOT NULL REFERENCES units,
        reference text NOT NULL UNIQUE,
        organisation text NOT NULL,
        PRIMARY KEY (device, id)
      );
      -- A row and not a sequence: a reference that was never given out would look like a report that was removed.
      CREATE TABLE reference_counter (
        singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
        last bigint NOT NULL
      );
      INSERT INTO reference_counter (last) VALUES (0);
      CREATE TABLE blobs (
        unit uuid NOT NULL REFERENCES units,
        digest text NOT NULL,
        bytes bytea NOT NULL,
        PRIMARY KEY (unit, digest)
      );
      ALTER TABLE blobs ALTER COLUMN bytes SET STORAGE EXTERNAL;
      -- From which unit to which, and whether it was answered. What was sent, and about whom, is in the units' entries.
      CREATE TABLE transfers (
        id uuid PRIMARY KEY,
        from_unit uuid NOT NULL REFERENCES units,
        to_unit uuid NOT NULL REFERENCES units,
        return_stream uuid NOT NULL,
        reply_key text NOT NULL,
        acknowledged boolean NOT NULL DEFAULT false,
        sent_back boolean NOT NULL DEFAULT false,
        CHECK (from_unit <> to_unit)
      );
      -- Rows and not a sequence: numbers become visible in their order, so that who follows them misses none.
      CREATE TABLE outcome_counters (
        organisation text PRIMARY KEY,
        last bigint NOT NULL,
        day date NOT NULL
      );
      -- One word on what became of a report, for Crimestoppers. No text, no author; a day and no time, as the hour could
      -- tell who was working on it.
      CREATE TABLE outcomes (
        reference text PRIMARY KEY REFERENCES reports (reference),
        organisation text NOT NULL,
        class text NOT NULL,
        change bigint NOT NULL,
        day date NOT NULL,
        UNIQUE (organisation, change)
      );
    `,
  },
];

/** Any number that no other program on this database uses: keeps two starting processes from migrating at once. */
const lockId = 7_304_210_001;

/**
 * Brings the schema up to date in one transaction.
 * @param steps all that there are
 * @throws when the database was made by a newer endpoint
 */
export async function migrate(sql: Sql, steps: readonly Migration[] = migrations): Promise<void> {
  await sql.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [lockId]);
    await tx.query('CREATE TABLE IF NOT EXISTS schema_migrations (version integer PRIMARY KEY)');
    const applied = await appliedVersions(tx);
    const known = new Set(steps.map(({ version }) => version));
    if (applied.some((version) => !known.has(version))) {
      throw new Error('The database was made by a newer version of the endpoint. Update the endpoint.');
    }
    for (const { version, sql: text } of steps.filter((step) => !applied.includes(step.version))) {
      await tx.script(text);
      await tx.query('INSERT INTO schema_migrations (version) VALUES ($1)', [version]);
    }
  });
}

async function appliedVersions(tx: Queries): Promise<number[]> {
  const rows = await tx.query<{ version: number }>('SELECT version FROM schema_migrations');
  return rows.map(({ version }) => version);
}
