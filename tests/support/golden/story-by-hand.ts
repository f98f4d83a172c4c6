import { joinCases } from '#renderer/vault/join-cases.ts';
import { openByHand } from '#renderer/vault/open-by-hand.ts';
import { at, people } from './cast.ts';
import { casesOf, must } from './desk.ts';
import type { Stage, Workplace } from './stage.ts';

/** A member opens a case of what the contact centre said by telephone, and joins the referral to it. */
export async function openAhead(stage: Stage, unit: Workplace, reference: string): Promise<void> {
  await at(stage, unit, people.ash, async (desk) => {
    const report = {
      language: 'en' as const,
      categories: ['partnerAbuse' as const],
      subjects: [],
      narrative: 'An invented call in the night.',
      peopleAtRisk: [{ who: 'Somebody invented', risk: 'Assault', urgency: 'immediate' as const }],
    };
    const opened = { how: 'contactCentre' as const, reachedAt: desk.at, expects: reference, report };
    const id = must(await openByHand(desk.vault, opened));
    stage.pass(1);
    await desk.sync();
    const referral = casesOf(desk).find((each) => each.reference === reference);
    if (!referral) throw new Error('nothing arrived');
    must(await joinCases(desk.vault, { case: id, referral: referral.id, why: 'It has that reference.' }));
  });
}
