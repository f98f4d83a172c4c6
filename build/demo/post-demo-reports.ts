import { demoIntakeCode } from '#endpoint/demo.ts';
import { importStoredKey, newStoredKey, type StoredKey } from '#endpoint/stored-key.ts';
import { type Intake, intakeReplySchema } from '#shared/domain/report/intake.ts';
import { demoReports, referenceOf } from './demo-report.ts';
import { enrolIntakeDevice, type IntakeDevice, IntakeError } from './intake-device.ts';

export interface PostDemoOptions {
  readonly endpoint: string;
  readonly seed: number;
  readonly referrals: number;
  /** ISO instant after which no report is recorded; now, when it is not given. */
  readonly until?: string;
  /** The intake device that posts; a new one, when it is not given. */
  readonly device?: StoredKey;
  /** One-time code for an intake device, at an endpoint without demo codes. */
  readonly code?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PostedSoFar) => void;
  /** Told for each report that the endpoint does not take, in its own words. */
  readonly onRefused?: (reason: string) => void;
}
export interface PostedSoFar {
  readonly posted: number;
  readonly refused: number;
}

/** Requests under way at a time: enough to hide the way there and back, not so many that reports overtake by far. */
const atOnce = 4;
/** Answers to one report that say nothing about the next. Any other refusal would be repeated for each. */
const aboutThisReport = new Set([400, 413, 415, 422]);

/**
 * Posts invented reports as a contact centre would. Their ids come from the seed: posted twice by one device, with one
 * `until`, they are taken once.
 * @throws IntakeError when the endpoint does not answer, or will take no report at all
 */
export async function postDemoReports(options: PostDemoOptions): Promise<PostedSoFar> {
  const { endpoint, seed, referrals, signal } = options;
  const key = await importStoredKey(options.device ?? (await newStoredKey()));
  const device = await enrolIntakeDevice(endpoint, key, options.code ?? demoIntakeCode, { signal });
  const until = options.until ?? new Date().toISOString();
  const reports = demoReports({ seed, count: referrals, until })[Symbol.iterator]();
  const given = new Map<string, Promise<string | null>>();
  const soFar = { posted: 0, refused: 0 };
  let next = 0;
  let failed = false;

  const sendOneAfterAnother = async (): Promise<void> => {
    for (let item = reports.next(); !item.done && !failed; item = reports.next()) {
      const posting = withGivenReference(item.value, given).then((intake) => postReport(device, intake, options));
      given.set(referenceOf(next++), posting);
      if ((await posting) === null) soFar.refused += 1;
      else soFar.posted += 1;
      options.onProgress?.({ ...soFar });
    }
  };
  const stopOthers = (error: unknown) => {
    failed = true;
    throw error;
  };
  await Promise.all(Array.from({ length: atOnce }, () => sendOneAfterAnother().catch(stopOthers)));
  return soFar;
}

/** A report that follows an earlier one quotes the reference that the earlier one was really given, once it was. */
async function withGivenReference(intake: Intake, given: ReadonlyMap<string, Promise<string | null>>): Promise<Intake> {
  const { earlierReference } = intake.report;
  if (earlierReference === null) return intake;
  return { ...intake, report: { ...intake.report, earlierReference: (await given.get(earlierReference)) ?? null } };
}

/** @returns the reference, or null when the endpoint refuses this report */
async function postReport(
  device: IntakeDevice,
  intake: Intake,
  { onRefused }: PostDemoOptions,
): Promise<string | null> {
  try {
    return intakeReplySchema.parse(await device.post('/v1/reports', intake)).reference;
  } catch (error) {
    if (!(error instanceof IntakeError) || !aboutThisReport.has(error.status ?? 0)) throw error;
    onRefused?.(error.message);
    return null;
  }
}
