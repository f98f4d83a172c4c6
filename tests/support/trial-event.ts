import { z } from 'zod';
import type { Program } from '#renderer/vault/program.ts';
import { defineCaseEvent, type EventDefinition } from '#shared/domain/event/define-event.ts';
import { registry } from '#shared/domain/registry/registry.ts';

export interface TrialState {
  readonly trial?: readonly string[];
}

/** An event that no released Probity knows: what another program writes after its update. */
const trialNoted = defineCaseEvent('trial.noted', {
  v: 1,
  data: z.strictObject({ text: z.string().min(1) }),
  audit: 'alteration',
  may: 'assess',
  apply: ({ trial = [] }: TrialState, { text }) => ({ trial: [...trial, text] }),
});

/** This program, and one released after it, which knows one event more. */
export const newerProgram = (foldVersion: number): Program => ({
  registry: new Map([...registry, [trialNoted.type, trialNoted as unknown as EventDefinition]]),
  foldVersion,
});
