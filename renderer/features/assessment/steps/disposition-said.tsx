import { longDay } from '#renderer/ui/time.ts';
import { visibleText } from '#renderer/ui/visible-text.ts';
import { When } from '#renderer/ui/when.tsx';
import type { Disposition } from '#shared/domain/disposition/disposition-recorded.ts';
import { dispositions } from '#shared/domain/disposition/dispositions.ts';
import { SignedBy } from '../record/signed-by.tsx';
import { Said } from '../record/standing.tsx';

function detailOf({ chosen }: Disposition): string {
  switch (chosen.kind) {
    case 'safeguard':
      return chosen.ended ? ': ended' : '';
    case 'record':
      return `, review on ${longDay(chosen.reviewOn)}`;
    case 'complaints':
      return `: ${visibleText(chosen.department)}`;
    case 'otherForce':
      return `: ${visibleText(chosen.force)}`;
    case 'otherAgency':
      return `: ${visibleText(chosen.agency)}`;
    default:
      return '';
  }
}

/** A disposition in words: what, the options considered, why, and what the other unit answered. */
export function DispositionSaid({ disposition }: { readonly disposition: Disposition }) {
  const { options, rationale, answers } = disposition;
  return (
    <>
      <b>{`${dispositions[disposition.chosen.kind].label}${detailOf(disposition)}`}</b>
      {options.map(({ option, why }) => (
        <div key={option}>{`Considered: ${visibleText(option)}. Not taken: ${visibleText(why)}`}</div>
      ))}
      <Said>{rationale}</Said>
      {answers.map((answer) => (
        <div key={answer.entry}>
          <b>{answer.answer === 'acknowledged' ? 'Acknowledged' : 'Sent back'}</b> <When at={answer.answeredAt} />
          {answer.why && `: ${visibleText(answer.why)}`}
          <SignedBy by={answer} />
        </div>
      ))}
    </>
  );
}
