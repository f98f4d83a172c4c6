import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useEffect, useRef } from 'react';
import type { CaseView } from '#renderer/state/case-store.ts';
import { goToStep, useStep } from '#renderer/state/step-store.ts';
import { stands } from '#shared/domain/event/revocable.ts';
import { gradeCode, selectGrade } from '#shared/domain/items/grading.ts';
import {
  actionCodes,
  assessmentGrades,
  type Grade,
  handlingGrades,
  sanitisationCodes,
  sourceGrades,
} from '#shared/domain/items/grading-scales.ts';
import type { Item } from '#shared/domain/items/item-recorded.ts';
import { isAnonymous } from '#shared/domain/report/report.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { useForm } from '../form/use-form.ts';
import { Part } from '../record/part.tsx';
import { Quote } from '../record/quote.tsx';
import { Said } from '../record/standing.tsx';
import { GradeFields } from './grade-fields.tsx';
import { fromGrade, type GradeForm, gradeShape, toGrade } from './grade-form.ts';

function conditionsOf({ conditions }: Grade): string {
  if (!conditions) return '';
  const { action, sanitisation, other } = conditions;
  const parts = [
    action && `${action} ${actionCodes[action].label}`,
    sanitisation && `${sanitisation} ${sanitisationCodes[sanitisation].label}`,
    other && visibleText(other),
  ];
  return parts.filter(Boolean).join('; ');
}

function GradeSaid({ grade }: { readonly grade: Grade }) {
  const { source, assessment, handling, corroboratedBy, judgedBy, why } = grade;
  const labels = [sourceGrades[source].label, assessmentGrades[assessment].label, handlingGrades[handling].label];
  const conditions = conditionsOf(grade);
  const records = corroboratedBy.flatMap((by) => (by.kind === 'record' ? [visibleText(by.what)] : []));
  const referrals = corroboratedBy.length - records.length;
  return (
    <>
      <b>{gradeCode(grade)}</b>
      {`: ${labels.join('; ')}.`}
      {conditions && <div>{`Conditions: ${conditions}`}</div>}
      {corroboratedBy.length > 0 && (
        <div>{`Corroborated by ${[...records, ...(referrals > 0 ? [`${referrals} other referral${referrals > 1 ? 's' : ''}`] : [])].join('; ')}`}</div>
      )}
      {judgedBy && <div>{`Judged by ${visibleText(judgedBy)}`}</div>}
      <Said>{why}</Said>
    </>
  );
}

interface Props {
  readonly view: CaseView;
  readonly item: Item;
  readonly number: number;
  readonly first: boolean;
}

function GradePart({ view, item, number, first }: Props) {
  const { grade, recorded } = selectGrade(item);
  const isRegrade = recorded !== null;
  const around = { isRegrade, isAnonymous: isAnonymous(view.state.referral.report) };
  const form = useForm<GradeForm>({
    step: 'grading',
    part: item.entry,
    shape: gradeShape,
    initial: fromGrade(grade),
    toCommand: (value) => ({
      type: 'item.graded',
      case: view.state.id,
      data: { item: item.entry, ...toGrade(value, around) },
    }),
    done: `Item ${number} graded. Saved here.`,
  });
  return (
    <Part
      title={`Grade of item ${number}`}
      form={form}
      history={item.grades}
      say={(record) => <GradeSaid grade={record} />}
      optional={!first}
      wanted={!isRegrade}
      first={first}
      action="Record the grade"
      again="Regrade"
      lead={
        <Box sx={{ mb: 1 }}>
          <Quote>{item.text}</Quote>
        </Box>
      }
    >
      <GradeFields form={form} around={around} />
    </Part>
  );
}

function NoItems() {
  const onwards = useRef<HTMLButtonElement>(null);
  const arrival = useStep((state) => state.arrival);
  useEffect(() => {
    if (arrival > 0) onwards.current?.focus();
  }, [arrival]);
  return (
    <>
      <Box sx={{ color: 'text.secondary', mb: 1 }}>No item is recorded yet. Items come first: step 3.</Box>
      <Button ref={onwards} variant="outlined" onClick={() => goToStep('items')}>
        Go to the items
      </Button>
    </>
  );
}

/** (d) Each item graded by itself, 3x5x2. The mandatory-referral test does not look at it. */
export function GradingStep({ view }: { readonly view: CaseView }) {
  const items = view.state.items.flatMap((item, index) => (stands(item) ? [{ item, number: index + 1 }] : []));
  const ungraded = items.filter(({ item }) => item.grades.length === 0);
  const first = ungraded[0] ?? items[0];
  if (items.length === 0) {
    return <NoItems />;
  }
  return items.map(({ item, number }) => (
    <GradePart key={item.entry} view={view} item={item} number={number} first={item === first?.item} />
  ));
}
