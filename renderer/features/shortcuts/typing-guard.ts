/** What an input method gives for a key of its own, also the one that ends a composition. */
const processed = 229;

/**
 * Whether the key is part of writing a character, and means nothing by itself: one of an input method (its Enter chooses
 * a candidate), or of a code that Windows makes a character of (Alt and digits of the numeric keypad). A dead key is no
 * input method's, though macOS says 229 of it: with Option it may be a shortcut.
 */
const isPartOfCharacter = ({ isComposing, keyCode, key, altKey, location }: KeyboardEvent): boolean =>
  isComposing ||
  (keyCode === processed && key !== 'Dead') ||
  (altKey && location === KeyboardEvent.DOM_KEY_LOCATION_NUMPAD);

function guard(event: KeyboardEvent): void {
  if (!isPartOfCharacter(event)) return;
  event.stopPropagation();
  // The field gets what is written all the same; a form is not sent.
  if (event.key === 'Enter') event.preventDefault();
}

/** No shortcut, field, list or form hears such a key. Returns what ends it. */
export function guardTyping(target: Document): () => void {
  target.addEventListener('keydown', guard, { capture: true });
  return () => target.removeEventListener('keydown', guard, { capture: true });
}
