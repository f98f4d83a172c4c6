import type { StreamId } from '#shared/kernel/ids.ts';
import { discardDraft as discard, loadDrafts as load, saveDraft as save } from '../drafts.ts';
import type { SavedDraft } from '../vault-api.ts';
import { openCall } from './define-call.ts';

export interface OfForm {
  readonly id: StreamId;
  /** Which form of the case: a step of the assessment, or a part of one (`grading.<item>`). */
  readonly form: string;
}

/**
 * Resolves when the draft is sealed and durable, or held by the host where it cannot be written. Not for reading: it may not
 * stand on the disk in clear.
 */
export const saveDraft = openCall(
  'draft.save',
  'loaded',
  ({ vault }, { id, form, value, shown }: OfForm & Omit<SavedDraft, 'savedAt'>) =>
    save(vault, id, form, { value, shown }),
);

/** The member's own drafts in a case, by form. */
export const loadDrafts = openCall('draft.load', 'loaded', ({ vault }, { id }: { readonly id: StreamId }) =>
  load(vault, id),
);

export const discardDraft = openCall('draft.discard', 'loaded', ({ vault }, { id, form }: OfForm) =>
  discard(vault, id, form),
);
