import { absolute } from '#renderer/ui/time.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

/** Instants in the words of a decision, as London's clocks show them. */
const instants = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** A decision in words, to be read on the screen. */
export const readable = (text: string): string => visibleText(text).replace(instants, (at) => absolute(Date.parse(at)));
