import { type Cited, idsOf } from '#shared/kernel/cited.ts';

const cited = { source: 'College of Policing APP, National Decision Model', standing: 'found' } as const;

/** The National Decision Model (CIAPOAR), as prompts. */
export const ndmStages = {
  ethics: {
    label: 'Code of Ethics',
    ask: 'Is what is proposed in keeping with the ethical policing principles?',
    ...cited,
  },
  information: {
    label: 'Information and intelligence',
    ask: 'What is known, what is not, and what should be found out?',
    ...cited,
  },
  assessment: {
    label: 'Threat, risk and working strategy',
    ask: 'What could happen, how likely is it, and what is the aim?',
    ...cited,
  },
  powers: { label: 'Powers and policy', ask: 'Which powers, policies and duties apply?', ...cited },
  options: { label: 'Options and contingencies', ask: 'What could be done, and what if it goes wrong?', ...cited },
  action: { label: 'Action and review', ask: 'What will be done, by whom, and when is it looked at again?', ...cited },
} as const satisfies Record<string, Cited & { ask: string }>;

export type NdmStage = keyof typeof ndmStages;
export const ndmStageIds = idsOf<NdmStage>(ndmStages);
