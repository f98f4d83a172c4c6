/**
 * npm run demo:data: posts invented reports to an endpoint through the same door as a contact centre, or prints them.
 * Invented people only. It must never be pointed at an endpoint that does real work, which has no demo code anyway.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { demoReports } from './demo/demo-report.ts';
import { IntakeError } from './demo/intake-device.ts';
import { postDemoReports } from './demo/post-demo-reports.ts';

const usage = `Usage: npm run demo:data -- --endpoint URL [--seed 7] [--referrals 5000] [--until ISO] [--code CODE]
       npm run demo:data -- --print N [--seed 7] [--until ISO]`;

const whole = z
  .string()
  .regex(/^\d{1,7}$/, 'must be a whole number')
  .transform(Number);
const until = z.iso.datetime('must be an ISO instant such as 2026-06-01T12:00:00Z').optional();
const optionsSchema = z.strictObject({
  seed: whole.default(7),
  referrals: whole.default(5000),
  endpoint: z.url({ protocol: /^https?$/, error: 'must be the http or https address of an endpoint' }).optional(),
  code: z.string().min(1).optional(),
  until,
  print: whole.optional(),
});
type Options = z.output<typeof optionsSchema>;

class UsageError extends Error {}

/** @throws UsageError */
function readOptions(args: string[]): Options {
  const parsed = optionsSchema.safeParse(readArguments(args));
  if (!parsed.success) {
    throw new UsageError(parsed.error.issues.map(({ path, message }) => `--${path.join('.')} ${message}`).join('; '));
  }
  if (parsed.data.print === undefined && !parsed.data.endpoint) throw new UsageError('--endpoint or --print is needed');
  return parsed.data;
}

function readArguments(args: string[]) {
  const text = { type: 'string' } as const;
  const options = { seed: text, referrals: text, endpoint: text, code: text, until: text, print: text };
  try {
    return parseArgs({ args, options, strict: true }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function print({ seed, print: count = 0, until: end }: Options): void {
  for (const intake of demoReports({ seed, count, until: end ?? new Date().toISOString() })) {
    process.stdout.write(`${JSON.stringify(intake)}\n`);
  }
}

async function post({ seed, referrals, endpoint = '', code, until: end }: Options): Promise<void> {
  const started = performance.now();
  const { posted, refused } = await postDemoReports({
    endpoint,
    seed,
    referrals,
    ...(code && { code }),
    ...(end && { until: end }),
    onProgress: (soFar) => {
      const done = soFar.posted + soFar.refused;
      if (done % 250 === 0 && done < referrals) console.log(`${done} of ${referrals} reports sent`);
    },
    onRefused: (reason) => console.error(`A report was refused: ${reason}`),
  });
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${posted} invented reports posted to ${endpoint}, ${refused} refused, in ${seconds.toFixed(1)} s (seed ${seed}).`,
  );
  if (refused > 0) process.exitCode = 1;
}

async function run(options: Options): Promise<void> {
  try {
    if (options.print === undefined) await post(options);
    else print(options);
  } catch (error) {
    if (!(error instanceof IntakeError)) throw error;
    console.error(`Nothing more was posted. ${error.message}`);
    process.exitCode = 1;
  }
}

try {
  await run(readOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n${usage}`);
  process.exitCode = 2;
}
