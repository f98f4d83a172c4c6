import type { EntryId } from '#shared/kernel/ids.ts';
import { type History, selectLatest } from '../event/history.ts';
import type { SanitisedPart } from './mark-schema.ts';
import type { SanitisedRecorded, SanitisedState } from './sanitised-recorded.ts';

const isOf = (of: SanitisedPart, item: EntryId | null): boolean =>
  of.kind === 'item' ? of.item === item : item === null;

/** All sanitised versions of one item, or of the whole referral (`null`). The latest in force may leave the case. */
export const sanitisedHistory = ({ sanitised }: SanitisedState, item: EntryId | null): History<SanitisedRecorded> =>
  sanitised.filter(({ of }) => isOf(of, item));

export const selectSanitised = (state: SanitisedState, item: EntryId | null) =>
  selectLatest(sanitisedHistory(state, item));
