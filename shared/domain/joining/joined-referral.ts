import { isLater } from '../event/fields.ts';
import type { Received } from '../referral/referral.ts';

/** Stands between the two texts. Of no language and no hour: the narrative is read, sanitised and searched as one. */
const between = (reference: string): string => `\n\n[${reference}]\n\n`;

const earlier = (one: string, other: string): string => (isLater(one, other) ? other : one);

/**
 * Two referrals as one. The first keeps its reference and its text its place, so that what was recorded of it by place stays
 * right; the text of the other follows under its reference. The earlier clock counts. How the reporter chose to report, the
 * contact centre knows.
 */
export function joinedReferral(first: Received, other: Received): Received {
  const [one, two] = [first.report, other.report];
  const tests = [...(first.sentWith?.tests ?? []), ...(other.sentWith?.tests ?? [])];
  const from = first.sentWith ?? other.sentWith;
  return {
    reference: first.reference,
    receivedAt: earlier(first.receivedAt, other.receivedAt),
    report: {
      ...one,
      reporter: two.reporter,
      categories: [...new Set([...one.categories, ...two.categories])],
      subjects: [...one.subjects, ...two.subjects],
      narrative: `${one.narrative}${between(other.reference)}${two.narrative}`,
      dates: [...one.dates, ...two.dates],
      places: [...one.places, ...two.places],
      vehicles: [...one.vehicles, ...two.vehicles],
      peopleAtRisk: [...one.peopleAtRisk, ...two.peopleAtRisk],
      earlierReference: one.earlierReference ?? two.earlierReference,
    },
    attachments: [...first.attachments, ...other.attachments],
    leftOut: [...first.leftOut, ...other.leftOut],
    ...(from && { sentWith: { force: from.force, tests } }),
  };
}
