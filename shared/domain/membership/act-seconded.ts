import { z } from 'zod';
import { digestSchema } from '#shared/crypto/key-schemas.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { refuseUnlessMember } from './roster-rules.ts';

/** The second signature on an act: names the first's entry. The act counts from here (apply-to-roster.ts). */
export const actSeconded = defineRosterEvent('act.seconded', {
  v: 1,
  data: z.strictObject({ entry: digestSchema }),
  audit: 'alteration',
  rule({ entry }, context) {
    const refusal = refuseUnlessMember(context);
    if (refusal) return refusal;
    const proposal = context.roster?.proposals.find((each) => each.entry === entry);
    if (!proposal) return refuse('proposal-unknown');
    return proposal.by === context.actor?.id ? refuse('same-member-twice') : null;
  },
  apply: (roster, { entry }) => ({ ...roster, proposals: roster.proposals.filter((each) => each.entry !== entry) }),
});
