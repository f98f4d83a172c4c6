import { v4 as uuid } from 'uuid';
import type { CentreReport, Intake } from '#shared/domain/report/intake.ts';
import type { Subject } from '#shared/domain/report/report.ts';
import { inventAttachments } from '../demo/attachments/demo-attachments.ts';
import { seededRandom } from '../demo/random.ts';

/** A referral that asks for every part of the assessment, and an earlier one about the same officer. All invented. */
const subject: Subject = {
  kind: 'officer',
  name: 'Gareth Pellow',
  rankOrRole: 'DC',
  collarNumber: '4417',
  station: 'Quayside',
  description: null,
};

const report = (changes: Partial<CentreReport>): CentreReport => ({
  language: 'en',
  channel: 'online',
  recordedAt: new Date().toISOString(),
  force: 'avon-and-somerset',
  categories: ['sexualPurpose'],
  reporter: 'keepInContact',
  subjects: [subject],
  narrative: '',
  dates: [],
  places: ['Quayside'],
  vehicles: [],
  peopleAtRisk: [],
  earlierReference: null,
  ...changes,
});

export const earlierReport = (): Intake => ({
  id: uuid(),
  attachments: [],
  report: report({
    language: 'en',
    channel: 'phone',
    reporter: 'anonymous',
    narrative:
      'An officer at Quayside, said to be DC Gareth Pellow, collar number 4417, is known among women on the Larkspur estate for sending messages late at night after taking their statements.',
  }),
});

export const richReport = (): Intake => ({
  id: uuid(),
  attachments: inventAttachments(seededRandom(7), Date.now()).slice(0, 2),
  report: report({
    narrative: `DC Gareth Pellow of Quayside met her in September, when she reported her former partner for breaking her door. Within a week he was sending her messages at night from his own phone, signed with a kiss. He has been to her flat twice in uniform, without a reason that anyone knows of.

On 2 November he told her where her former partner now lives and what he drives. He said that he had looked it up, and that she owed him. She has asked him to stop. He answered that nobody would believe her over a police officer.

My sister works with her and saw the messages in the canteen at about 14:20 on Tuesday. I only know what they told me. She is afraid that he will come again this weekend.`,
    dates: ['September', '2 November', 'Tuesday, about 14:20'],
    places: ['Quayside', 'Larkspur estate'],
    vehicles: ['Grey estate car, ZZ19 ABC'],
    peopleAtRisk: [
      {
        who: 'Woman in her thirties, Larkspur estate',
        risk: 'He may come to her flat again this weekend.',
        urgency: 'high',
      },
      { who: 'Her former partner', risk: 'His address was given away.', urgency: 'concern' },
    ],
  }),
});
