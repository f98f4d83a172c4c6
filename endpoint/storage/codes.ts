import type { AuthorKey } from '#shared/kernel/ids.ts';
import type { Queries, Sql } from './sql.ts';
import type { Enrolment, SpentCode, Storage } from './storage.ts';

interface CodeRow extends Enrolment {
  readonly expiresAt: number;
  readonly reusable: boolean;
  readonly organisation: string | null;
  readonly usedBy: AuthorKey | null;
}

export const sqlCodes = (sql: Sql): Pick<Storage, 'addCode' | 'spendCode'> => ({
  addCode: async ({ hash, purpose, unit, expiresAt, reusable, organisation }) => {
    await sql.query(
      `INSERT INTO enrolment_codes (hash, purpose, unit, expires_at, reusable, organisation)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [hash, purpose, unit, expiresAt, reusable, organisation],
    );
  },

  spendCode: (hash, device, now, allowReusable) =>
    sql.transaction(async (tx) => {
      const [code] = await tx.query<CodeRow>(
        `SELECT purpose, unit, expires_at AS "expiresAt", reusable, organisation, used_by AS "usedBy"
         FROM enrolment_codes WHERE hash = $1 FOR UPDATE`,
        [hash],
      );
      if (!code || !isGoodFor(code, device, now, allowReusable)) return { refused: 'code' };
      const spent = await enrol(tx, device, code, now);
      // Last: a refusal leaves the code to be spent.
      if ('enrolment' in spent && !code.reusable && !code.usedBy) {
        await tx.query('UPDATE enrolment_codes SET used_at = $2, used_by = $3 WHERE hash = $1', [hash, now, device]);
      }
      return spent;
    }),
});

function isGoodFor(code: CodeRow, device: AuthorKey, now: number, allowReusable: boolean): boolean {
  if (code.reusable) return allowReusable;
  // A retry by the device that spent it is answered even when the code has expired meanwhile.
  return code.usedBy === device || (code.usedBy === null && now < code.expiresAt);
}

/** A refusal has written nothing: the device was there before. */
async function enrol(tx: Queries, device: AuthorKey, code: CodeRow, now: number): Promise<SpentCode> {
  const { purpose, unit, organisation } = code;
  await tx.query(
    `INSERT INTO devices (key, purpose, unit, organisation, enrolled_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [device, purpose, unit, organisation, now],
  );
  const [enrolled] = await tx.query<Pick<CodeRow, 'purpose' | 'unit' | 'organisation'>>(
    'SELECT purpose, unit, organisation FROM devices WHERE key = $1',
    [device],
  );
  const same = enrolled?.purpose === purpose && enrolled.unit === unit && enrolled.organisation === organisation;
  return same ? { enrolment: { purpose, unit } } : { refused: 'device-enrolled-elsewhere' };
}
