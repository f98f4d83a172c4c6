import type { Queries, Sql } from './sql.ts';

/**
 * The schema, in steps that are only ever added to. Times are milliseconds since the Unix epoch, hashes unpadded
 * base64url. There is no column for anything readable: see docs/threat-model.md.
 */
export const migrations: readonly { readonly version: number; readonly sql: string }[] = [
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
        name text NOT NULL,
        sealing_statement text,
        position bigint NOT NULL,
        head_hash text NOT NULL
      );
      CREATE TABLE enrolment_codes (
        hash text PRIMARY KEY,
        purpose text NOT NULL CHECK (purpose IN ('workstation', 'intake')),
        unit uuid REFERENCES units,
        expires_at bigint NOT NULL,
        reusable boolean NOT NULL,
        used_at bigint,
        used_by text,
        CHECK ((purpose = 'workstation') = (unit IS NOT NULL))
      );
      CREATE TABLE devices (
        key text PRIMARY KEY,
        purpose text NOT NULL CHECK (purpose IN ('workstation', 'intake')),
        unit uuid REFERENCES units,
        enrolled_at bigint NOT NULL,
        CHECK ((purpose = 'workstation') = (unit IS NOT NULL))
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
        hash text NOT NULL,
        head_hash text NOT NULL,
        wire text NOT NULL,
        PRIMARY KEY (unit, position),
        UNIQUE (unit, id)
      );
      CREATE INDEX entries_by_author ON entries (unit, author, position);
      -- Ciphertext does not compress: trying would only cost time.
      ALTER TABLE entries ALTER COLUMN wire SET STORAGE EXTERNAL;
      CREATE TABLE reports (
        id uuid PRIMARY KEY,
        unit uuid NOT NULL REFERENCES units,
        reference text NOT NULL UNIQUE
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
    `,
  },
  {
    version: 2,
    sql: `
      -- From which unit to which, and whether it was answered. What was sent, and about whom, is in the units' entries.
      CREATE TABLE transfers (
        id uuid PRIMARY KEY,
        from_unit uuid NOT NULL REFERENCES units,
        to_unit uuid NOT NULL REFERENCES units,
        return_stream uuid NOT NULL,
        acknowledged boolean NOT NULL DEFAULT false,
        sent_back boolean NOT NULL DEFAULT false,
        CHECK (from_unit <> to_unit)
      );
      -- One word on what became of a report, for Crimestoppers. No time, no text, no author.
      CREATE TABLE outcomes (
        reference text PRIMARY KEY REFERENCES reports (reference),
        class text NOT NULL
      );
    `,
  },
  {
    version: 3,
    sql: `
      -- Who runs an intake device: devices are replaced, and what their organisation posted stays its own. Until now
      -- there was one.
      ALTER TABLE enrolment_codes ADD COLUMN organisation text;
      ALTER TABLE devices ADD COLUMN organisation text;
      ALTER TABLE reports ADD COLUMN organisation text;
      UPDATE enrolment_codes SET organisation = 'crimestoppers' WHERE purpose = 'intake';
      UPDATE devices SET organisation = 'crimestoppers' WHERE purpose = 'intake';
      UPDATE reports SET organisation = 'crimestoppers';
      ALTER TABLE enrolment_codes ADD CHECK ((purpose = 'intake') = (organisation IS NOT NULL));
      ALTER TABLE devices ADD CHECK ((purpose = 'intake') = (organisation IS NOT NULL));
      ALTER TABLE reports ALTER COLUMN organisation SET NOT NULL;
      -- Rows and not a sequence: numbers become visible in their order, so that who follows them misses none.
      CREATE TABLE outcome_counters (
        organisation text PRIMARY KEY,
        last bigint NOT NULL,
        day date
      );
      -- A day and no time: the hour could tell who was working on it. Null where it was said before days were kept.
      ALTER TABLE outcomes ADD COLUMN organisation text;
      ALTER TABLE outcomes ADD COLUMN change bigint;
      ALTER TABLE outcomes ADD COLUMN day date;
      UPDATE outcomes SET organisation = 'crimestoppers', change = numbered.change
        FROM (SELECT reference, row_number() OVER (ORDER BY reference) AS change FROM outcomes) AS numbered
        WHERE numbered.reference = outcomes.reference;
      INSERT INTO outcome_counters (organisation, last) SELECT organisation, count(*) FROM outcomes GROUP BY organisation;
      ALTER TABLE outcomes ALTER COLUMN organisation SET NOT NULL;
      ALTER TABLE outcomes ALTER COLUMN change SET NOT NULL;
      ALTER TABLE outcomes ADD UNIQUE (organisation, change);
    `,
  },
];

/** Any number that no other program on this database uses: keeps two starting processes from migrating at once. */
const lockId = 7_304_210_001;

/** Brings the schema up to date in one transaction. @throws when the database was made by a newer endpoint */
export async function migrate(sql: Sql): Promise<void> {
  await sql.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [lockId]);
    await tx.query('CREATE TABLE IF NOT EXISTS schema_migrations (version integer PRIMARY KEY)');
    const applied = await appliedVersions(tx);
    const known = new Set(migrations.map(({ version }) => version));
    if (applied.some((version) => !known.has(version))) {
      throw new Error('The database was made by a newer version of the endpoint. Update the endpoint.');
    }
    for (const { version, sql: text } of migrations.filter((migration) => !applied.includes(migration.version))) {
      await tx.script(text);
      await tx.query('INSERT INTO schema_migrations (version) VALUES ($1)', [version]);
    }
  });
}

async function appliedVersions(tx: Queries): Promise<number[]> {
  const rows = await tx.query<{ version: number }>('SELECT version FROM schema_migrations');
  return rows.map(({ version }) => version);
}
