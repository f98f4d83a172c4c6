import { create } from 'zustand';
import type { Preferences } from '#renderer/vault/vault-api.ts';

export type ThemeChoice = NonNullable<Preferences['theme']>;

/** Kept apart from the preferences because locking must not turn a dark room bright: it says nothing of anyone's work. */
export const useTheme = create<{ readonly theme: ThemeChoice }>(() => ({ theme: 'system' }));
