import { z } from 'zod';
import { digestSchema } from '#shared/crypto/key-schemas.ts';
import { priorities } from '../case/priority.ts';
import { attachmentLimits, attachmentSchema } from '../report/attachments.ts';
import { referenceSchema } from '../report/report.ts';
import { optionSchema, outcomeSchema } from './disposition-schema.ts';
import { caseIdSchema, day, entryIdSchema, instant, line, note, reasons } from './fields.ts';
import { gradeSchema } from './grade-schema.ts';
import { sanitisedPartSchema, treatedMarkSchema } from './mark-schema.ts';
import { idsOf } from './tables/cited.ts';
import { intelligenceCategoryIds } from './tables/intelligence-categories.ts';
import { iopcModeIds, iopcReferralKindIds } from './tables/iopc.ts';
import { mandatoryCriterionIds } from './tables/mandatory-criteria.ts';
import { matterTypeIds } from './tables/matter-types.ts';
import { riskActionIds, riskLevelIds } from './tables/rara.ts';
import { removedKindIds } from './tables/removed-kinds.ts';
import { seriousCorruptionIds } from './tables/serious-corruption.ts';
import { proceedingsIds, severityLevelIds } from './tables/severity.ts';
import { standardIds } from './tables/standards.ts';
import { ndmSchema, thriveSchema } from './thrive-schema.ts';

/*
 * What an assessment records, in the case's stream. Recording a step again supersedes; nothing edits. The schemas say
 * what can be written at all; what law and policy require of it is in `rules/`. An item, a link, a rejection and a
 * referral to the IOPC are known by the id of the entry that recorded them.
 */

/** One at risk: who, how gravely, and what is done (RARA). `note` says what exactly, or why the risk is accepted. */
const personSchema = z.strictObject({
  who: line(300),
  risk: line(1000),
  level: z.enum(riskLevelIds),
  action: z.enum(riskActionIds),
  note,
});

/** The appropriate authority, or their delegate, where the decision is theirs and another signs. */
const authority = line(200).nullable();

export const assessmentEvents = {
  /* (a) Is anyone at risk now */
  'risk.assessed': {
    v: 1,
    data: z.strictObject({
      atRiskNow: z.enum(['yes', 'no', 'unknown']),
      people: z.array(personSchema).max(50),
      rationale: reasons,
    }),
  },

  /* (b) The mandatory-referral test, and what follows from it. Takes no grade: the conduct as alleged is the test. */
  'mandatoryReferral.assessed': {
    v: 1,
    data: z.strictObject({
      /** Criteria met; none: it need not be referred. */
      criteria: z.array(z.enum(mandatoryCriterionIds)).max(20),
      /** Which kinds of serious corruption, where that is a criterion. */
      corruption: z.array(z.enum(seriousCorruptionIds)).max(20),
      /** When it first became clear that a criterion applies: the deadline runs from that day. Null without criteria. */
      becameClearAt: instant.nullable(),
      rationale: reasons,
    }),
  },
  'iopc.referred': {
    v: 1,
    data: z.strictObject({
      kind: z.enum(iopcReferralKindIds),
      sentAt: instant,
      /** What was sent: documents, and in what form. */
      what: note,
      /** Grounds of a voluntary referral, or the later facts of a re-notification. */
      why: note.nullable(),
      /** Required when it was sent after the deadline. */
      lateReason: note.nullable(),
    }),
  },
  'iopc.answered': {
    v: 1,
    data: z.strictObject({
      /** Entry of the `iopc.referred` that is answered. */
      referral: entryIdSchema,
      mode: z.enum(iopcModeIds),
      answeredAt: instant,
      /** The IOPC's own reference. */
      reference: line(100).nullable(),
      note: note.nullable(),
    }),
  },
  'matter.classified': {
    v: 1,
    data: z.strictObject({ type: z.enum(matterTypeIds), authority, why: reasons }),
  },
  'severity.assessed': {
    v: 1,
    data: z.strictObject({
      level: z.enum(severityLevelIds),
      proceedings: z.enum(proceedingsIds).nullable(),
      authority,
      why: reasons,
    }),
  },
  'notification.set': {
    v: 1,
    data: z.strictObject({ doNotNotify: z.boolean(), reviewOn: day.nullable(), why: reasons }),
  },

  /* (c) What is said, item by item, and (d) how it is graded */
  'item.recorded': {
    v: 1,
    data: z.strictObject({
      /** UTF-16 offsets in the narrative, end exclusive. */
      start: z.int().min(0).max(50_000),
      end: z.int().min(1).max(50_000),
      /** Exactly what stands there. */
      text: z.string().min(1).max(50_000),
      /** How and when the source came to know. Kept apart from the text; leaves in nothing. */
      provenance: note.nullable(),
    }),
  },
  'provenance.recorded': { v: 1, data: z.strictObject({ item: entryIdSchema, provenance: note, why: reasons }) },
  'item.graded': { v: 1, data: z.strictObject({ item: entryIdSchema, ...gradeSchema.shape }) },
  'item.withdrawn': { v: 1, data: z.strictObject({ item: entryIdSchema, why: reasons }) },

  /* (e) Categories and standards */
  'categories.recorded': {
    v: 1,
    data: z.strictObject({
      categories: z.array(z.enum(intelligenceCategoryIds)).min(1, 'Choose at least one category.').max(12),
      primary: z.enum(intelligenceCategoryIds),
      why: note.nullable(),
    }),
  },
  'standards.recorded': {
    v: 1,
    data: z.strictObject({ standards: z.array(z.enum(standardIds)).max(10), why: note.nullable() }),
  },

  /* (f) Threat, harm, risk and rationale */
  'harm.assessed': { v: 1, data: z.strictObject({ thrive: thriveSchema, ndm: ndmSchema, rationale: reasons }) },
  'priority.overridden': {
    v: 1,
    /** Null lifts the override: the priority is computed again. */
    data: z.strictObject({ priority: z.enum(idsOf(priorities)).nullable(), why: reasons }),
  },

  'sanitised.recorded': {
    v: 1,
    data: z.strictObject({
      of: sanitisedPartSchema,
      text: z.string().trim().min(1, 'There is no sanitised text.').max(50_000),
      marks: z.array(treatedMarkSchema).max(1000),
    }),
  },
  /** A copy that tells nothing beyond what it shows. The original stays sealed and as it came. */
  'attachment.sanitised': {
    v: 1,
    data: z.strictObject({
      /** Its place in the referral, from 0, and the digest of what stands there. */
      attachment: z
        .int()
        .min(0)
        .max(attachmentLimits.count - 1),
      original: digestSchema,
      copy: attachmentSchema,
      removed: z.array(z.enum(removedKindIds)).max(30),
    }),
  },

  /* (g) Disposition */
  'disposition.recorded': {
    v: 1,
    data: z.strictObject({ outcome: outcomeSchema, options: z.array(optionSchema).max(20), rationale: reasons }),
  },
  /** The unit that a case went to acknowledges it, or sends it back. From the endpoint, or recorded by a member. */
  'transfer.answered': {
    v: 1,
    data: z.strictObject({
      disposition: entryIdSchema,
      answer: z.enum(['acknowledged', 'sentBack']),
      answeredAt: instant,
      why: note.nullable(),
    }),
  },

  /* What is already known: earlier referrals */
  'referral.linked': {
    v: 1,
    data: z.strictObject({
      case: caseIdSchema,
      reference: referenceSchema,
      kind: z.enum(['repeat', 'duplicate']),
      why: note,
    }),
  },
  'referral.unlinked': { v: 1, data: z.strictObject({ link: entryIdSchema, why: reasons }) },
  'match.rejected': { v: 1, data: z.strictObject({ case: caseIdSchema, reference: referenceSchema, why: note }) },
  /** Takes a rejection back: the match is offered again. */
  'match.restored': { v: 1, data: z.strictObject({ rejection: entryIdSchema, why: note }) },
} as const;

export type AssessmentEventType = keyof typeof assessmentEvents;
export type AssessmentData<Type extends AssessmentEventType> = z.output<(typeof assessmentEvents)[Type]['data']>;
export const assessmentEventTypes = idsOf<AssessmentEventType>(assessmentEvents);
