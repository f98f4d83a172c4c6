import { z } from 'zod';
import { londonDate } from '#shared/kernel/london-time.ts';
import { refuseField } from '#shared/kernel/refusal.ts';
import { instantOf } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { day, reasons } from '../event/fields.ts';
import { type History, selectCurrent } from '../event/history.ts';

const data = z.strictObject({ doNotNotify: z.boolean(), reviewOn: day.nullable(), why: reasons });
export type NotificationSet = z.output<typeof data>;

export interface NotificationState {
  readonly notification: History<NotificationSet>;
}

/** SI 2020/2 reg 17: notice to the subject may be delayed where it would prejudice; the delay is looked at again. */
export const notificationSet = defineCaseEvent('notification.set', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { notification: [] },
  rule: ({ doNotNotify, reviewOn }, { time }) => {
    if (!doNotNotify) return null;
    if (!reviewOn) return refuseField('reviewOn', 'say-when-reviewed');
    return reviewOn <= londonDate(instantOf(time)) ? refuseField('reviewOn', 'review-not-later') : null;
  },
  history: ({ notification }: NotificationState) => notification,
  apply: ({ notification }: NotificationState, recorded, signed) => ({
    notification: [...notification, { ...recorded, ...signed }],
  }),
});

/**
 * When it is looked at again whether the subject may be told: a calendar day; null when they may. Where several stand, one
 * that says not to tell suffices, and the earliest day counts.
 */
export const selectKeptUntil = (notification: NotificationState['notification']): string | null =>
  selectCurrent(notification)
    .flatMap(({ doNotNotify, reviewOn }) => (doNotNotify && reviewOn ? [reviewOn] : []))
    .sort()[0] ?? null;
