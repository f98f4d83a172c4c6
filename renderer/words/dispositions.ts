import type { DispositionChoice } from '#shared/domain/disposition/disposition-schemas.ts';
import { dispositions } from '#shared/domain/disposition/dispositions.ts';
import { writtenDay } from './written-day.ts';

function detailOf(chosen: DispositionChoice): string {
  switch (chosen.kind) {
    case 'safeguard':
      return chosen.ended ? ' (ended)' : '';
    case 'record':
      return `, review on ${writtenDay(chosen.reviewOn)}`;
    case 'complaints':
      return `: ${chosen.department}`;
    case 'localPolicingBody':
      return `: ${chosen.body}`;
    case 'otherForce':
      return `: ${chosen.force}`;
    case 'otherAgency':
      return `: ${chosen.agency}`;
    default:
      return '';
  }
}

/** "To another force: kent". */
export const sayDisposition = (chosen: DispositionChoice): string =>
  `${dispositions[chosen.kind].label}${detailOf(chosen)}`;
