import type { EntryId } from '#shared/kernel/ids.ts';
import type { AssessmentEvent } from '../case/case-state.ts';
import type { Signed } from '../case/signed.ts';
import type { AssessmentState, Item } from './assessment-state.ts';

const replaceIn = <Each extends Signed>(list: readonly Each[], entry: EntryId, change: (each: Each) => Each) =>
  list.map((each) => (each.entry === entry ? change(each) : each));

type Revocable = Pick<Item, 'takenBack'>;
const takeBack =
  (why: string, signed: Signed) =>
  <Each extends Revocable>(each: Each): Each => ({ ...each, takenBack: [...each.takenBack, { why, ...signed }] });

type Handlers = {
  readonly [Type in AssessmentEvent['type']]: (
    before: AssessmentState,
    data: Extract<AssessmentEvent, { type: Type }>['data'],
    signed: Signed,
  ) => Partial<AssessmentState>;
};

const onItem = ({ items }: AssessmentState, entry: EntryId, change: (item: Item) => Item) => ({
  items: replaceIn(items, entry, change),
});

/** Each event only adds to what stands: nothing is ever taken out of a history. */
const handlers: Handlers = {
  'risk.assessed': ({ risk }, data, signed) => ({ risk: [...risk, { ...data, ...signed }] }),
  'mandatoryReferral.assessed': ({ mandatory }, data, signed) => ({
    mandatory: [...mandatory, { ...data, ...signed }],
  }),
  'iopc.referred': ({ iopc }, data, signed) => ({ iopc: [...iopc, { ...data, ...signed, answers: [] }] }),
  'iopc.answered': ({ iopc }, data, signed) => ({
    iopc: replaceIn(iopc, data.referral, (each) => ({ ...each, answers: [...each.answers, { ...data, ...signed }] })),
  }),
  'matter.classified': ({ matter }, data, signed) => ({ matter: [...matter, { ...data, ...signed }] }),
  'severity.assessed': ({ severity }, data, signed) => ({ severity: [...severity, { ...data, ...signed }] }),
  'notification.set': ({ notification }, data, signed) => ({ notification: [...notification, { ...data, ...signed }] }),
  'item.recorded': ({ items, provenance }, { provenance: known, ...selection }, signed) => ({
    items: [...items, { ...selection, ...signed, grades: [], takenBack: [] }],
    ...(known && { provenance: [...provenance, { ...signed, item: signed.entry, provenance: known, why: null }] }),
  }),
  'provenance.recorded': ({ provenance }, data, signed) => ({ provenance: [...provenance, { ...data, ...signed }] }),
  'item.graded': (before, { item, ...grade }, signed) =>
    onItem(before, item, (each) => ({ ...each, grades: [...each.grades, { ...grade, ...signed }] })),
  'item.withdrawn': (before, { item, why }, signed) => onItem(before, item, takeBack(why, signed)),
  'categories.recorded': ({ categories }, data, signed) => ({ categories: [...categories, { ...data, ...signed }] }),
  'standards.recorded': ({ standards }, data, signed) => ({ standards: [...standards, { ...data, ...signed }] }),
  'harm.assessed': ({ harm }, data, signed) => ({ harm: [...harm, { ...data, ...signed }] }),
  'priority.overridden': ({ overrides }, data, signed) => ({ overrides: [...overrides, { ...data, ...signed }] }),
  'sanitised.recorded': ({ sanitised }, data, signed) => ({ sanitised: [...sanitised, { ...data, ...signed }] }),
  'attachment.sanitised': ({ copies }, data, signed) => ({ copies: [...copies, { ...data, ...signed }] }),
  'disposition.recorded': ({ dispositions }, data, signed) => ({
    dispositions: [...dispositions, { ...data, ...signed, answers: [] }],
  }),
  'transfer.answered': ({ dispositions }, data, signed) => ({
    dispositions: replaceIn(dispositions, data.disposition, (each) => ({
      ...each,
      answers: [...each.answers, { ...data, ...signed }],
    })),
  }),
  'referral.linked': ({ links }, data, signed) => ({ links: [...links, { ...data, ...signed, takenBack: [] }] }),
  'referral.unlinked': ({ links }, { link, why }, signed) => ({
    links: replaceIn(links, link, takeBack(why, signed)),
  }),
  'match.rejected': ({ rejections }, data, signed) => ({
    rejections: [...rejections, { ...data, ...signed, takenBack: [] }],
  }),
  'match.restored': ({ rejections }, { rejection, why }, signed) => ({
    rejections: replaceIn(rejections, rejection, takeBack(why, signed)),
  }),
};

/** The assessment after an event that was not refused. */
export function applyAssessment(before: AssessmentState, event: AssessmentEvent, signed: Signed): AssessmentState {
  const handle = handlers[event.type] as (
    before: AssessmentState,
    data: AssessmentEvent['data'],
    signed: Signed,
  ) => Partial<AssessmentState>;
  return { ...before, ...handle(before, event.data, signed) };
}
