import Box from '@mui/material/Box';
import { fromLondonInput, toLondonInput } from '#renderer/ui/london-input.ts';
import { Section } from '#renderer/ui/section.tsx';
import { absolute } from '#renderer/ui/time.ts';
import { When } from '#renderer/ui/when.tsx';
import { WhenIn } from '#renderer/ui/when-in.tsx';
import { selectLatest } from '#shared/domain/event/history.ts';
import { iopcDueAt } from '#shared/domain/iopc/iopc-clock.ts';
import { mandatoryCriteria } from '#shared/domain/iopc/mandatory-criteria.ts';
import type { SentTest } from '#shared/domain/referral/sent-with.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { ReasonsIn } from '../form/text-fields.tsx';
import { orNull } from '../form/to-shape.ts';
import { useForm } from '../form/use-form.ts';
import { Part, type PartProps } from '../record/part.tsx';
import { Said } from '../record/standing.tsx';

function SentTestSaid({ test: { force, criteria, becameClearAt, rationale, at } }: { readonly test: SentTest }) {
  return (
    <Box component="li" sx={{ mb: 0.75 }}>
      <b>
        {criteria.length > 0 ? criteria.map((id) => mandatoryCriteria[id].label).join('; ') : 'No criterion was met'}
      </b>
      {becameClearAt && (
        <div>
          Became clear there <When at={becameClearAt} full />. By that time, refer by{' '}
          {absolute(iopcDueAt(Date.parse(becameClearAt)))}.
        </div>
      )}
      <Said>{rationale}</Said>
      <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
        Recorded by {visibleText(force)} <When at={at} full />
      </Box>
    </Box>
  );
}

interface TimeForm {
  readonly becameClearAt: string;
  readonly why: string;
}
const shape: TimeForm = { becameClearAt: '', why: '' };

/** What the force that sent the case had tested, beside the own test; and who may sets a time in place of the sender's. */
export function SentTests({ view }: PartProps) {
  const { sentWith, iopcTimes } = view.state;
  const latest = selectLatest(iopcTimes);
  const form = useForm<TimeForm>({
    step: 'mandatory',
    part: 'time',
    shape,
    initial: { becameClearAt: latest?.becameClearAt ? toLondonInput(Date.parse(latest.becameClearAt)) : '', why: '' },
    toCommand: ({ becameClearAt, why }) => ({
      type: 'iopcTime.set',
      case: view.state.id,
      data: { becameClearAt: orNull(fromLondonInput(becameClearAt)), why },
    }),
    done: 'The time of this force’s duty is recorded. Saved here.',
  });
  if (!sentWith) return null;
  const { field } = form;
  return (
    <>
      <Section
        level="part"
        title="Mandatory-referral test of the force that sent it"
        aside={visibleText(sentWith.force)}
      >
        <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {sentWith.tests.map((test) => (
            <SentTestSaid key={`${test.at} ${test.rationale}`} test={test} />
          ))}
        </Box>
        {iopcTimes.length === 0 && <div>The earlier of its time and ours drives the clock.</div>}
      </Section>
      <Part
        title="Time of this force’s duty to refer"
        form={form}
        history={iopcTimes}
        say={({ becameClearAt, why }) => (
          <>
            {becameClearAt ? (
              <>
                Became clear to this force <When at={becameClearAt} full />, in place of the sender’s time.
              </>
            ) : (
              'The sender’s time does not count here; our own tests alone do.'
            )}
            <Said>{why}</Said>
          </>
        )}
        optional
        action="Set our own time"
      >
        <WhenIn
          kind="instant"
          label="When it became clear to this force"
          help="Empty: the sender’s time does not count, and our own tests alone do."
          {...field('becameClearAt')}
        />
        <ReasonsIn {...field('why')} />
      </Part>
    </>
  );
}
