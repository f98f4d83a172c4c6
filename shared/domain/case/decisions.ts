/**
 * The first decision on a referral. The service names three outcomes, investigate, safeguard or record, apart from
 * complaints (Dyfed-Powys PCC release of 15 March 2024); the fourth is what belongs elsewhere.
 */
export const decisionKinds = {
  investigate: { label: 'Investigate', means: 'Propose an investigation. It starts when a supervisor approves.' },
  safeguard: { label: 'Safeguard', means: 'Someone is at risk: act to protect them now.' },
  record: { label: 'Record for intelligence', means: 'Keep to inform future work, with a review.' },
  notOurs: { label: 'Not ours', means: 'It belongs to complaints, another force or another agency.' },
} as const;

export type DecisionKind = keyof typeof decisionKinds;
export const decisionKindIds = Object.keys(decisionKinds) as [DecisionKind, ...DecisionKind[]];

/** Shortest rationale, in characters: a decision without a reason cannot be reviewed. Local policy. */
export const shortestRationale = 10;
export const longestRationale = 20_000;
