import { readLogPage } from '../log/log-page.ts';
import { verifyLog as verify } from '../log/verify-log.ts';
import type { LogQuery } from '../log-api.ts';
import { type Nothing, openCall } from './define-call.ts';

/** Exchanges with the endpoint now rather than when it is due; resumes a paused ingest. */
export const syncNow = openCall('sync.now', 'open', ({ sync }, _: Nothing) => sync.exchangeNow());

export const pauseIngest = openCall('sync.pause', 'open', async ({ sync }, _: Nothing) => sync.pause());

/** Re-reads every stored entry and checks every seal, signature and chain. */
export const verifyLog = openCall('log.verify', 'loaded', ({ vault }, _: Nothing) => verify(vault));

/** A page of the log, entry by entry, with what this member may read of each. */
export const logPage = openCall('log.page', 'loaded', ({ vault }, query: LogQuery) => readLogPage(vault, query));
