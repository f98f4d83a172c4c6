/*
 * What no pattern can see: "there were only two of us on nights". Whoever sanitises reads the text as the subject would, and answers in
 * words before it is recorded. The answers are signed with it.
 */
export const readThrough = {
  whoElse: { label: 'Who else could know this?' },
  findOut: { label: 'What would the subject do to find out who told?' },
  closestFriend: { label: 'How does it read to the subject’s closest friend?' },
} as const satisfies Record<string, { label: string }>;

export type ReadThroughQuestion = keyof typeof readThrough;
export const readThroughIds = Object.keys(readThrough) as ReadThroughQuestion[];

/** A tick, a number or one word answers none of them. */
export const isInWords = (answer: string): boolean => /\p{L}{2,}[^\p{L}]+\p{L}{2,}/u.test(answer);
