import type { CaseView } from '#renderer/state/case-store.ts';
import { stands } from '#shared/domain/event/revocable.ts';
import { HarmPart } from './harm-part.tsx';
import { PriorityPart } from './priority-part.tsx';
import { SanitisePart } from './sanitise-part.tsx';

/** (f) Threat, harm and risk; the priority that follows; and the text that may leave the case. */
export function HarmStep({ view }: { readonly view: CaseView }) {
  return (
    <>
      <HarmPart view={view} />
      <PriorityPart view={view} />
      <SanitisePart view={view} of={{ kind: 'whole' }} title="Sanitised text of the referral" />
      {view.state.items.map((item, index) =>
        stands(item) ? (
          <SanitisePart
            key={item.entry}
            view={view}
            of={{ kind: 'item', item: item.entry }}
            title={`Sanitised text of item ${index + 1}`}
          />
        ) : null,
      )}
    </>
  );
}
