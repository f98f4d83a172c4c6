import type { MemberId } from '#shared/kernel/ids.ts';
import type { Role } from '../unit/roles.ts';

/** Who acts, as the unit's log knew them at that point. Null: the endpoint. */
export type Actor = { readonly id: MemberId; readonly role: Role } | null;
