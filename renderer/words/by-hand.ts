/** Of a case that a member opened, wherever others say that their origin is verified. */
export const enteredByHand = 'Entered by hand, origin not verified';
