import type { EndpointPublicKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { GoldenEntry } from './golden-file.ts';

const naming: readonly string[] = ['unit.founded', 'endpoint.rekeyed'];

/** The endpoint's keys that the log names after so many entries: in the golden history each act that names some counts. */
export function endpointKeysAt(entries: readonly GoldenEntry[], size: number): EndpointPublicKeys {
  // Of nothing, nobody signed anything.
  const named = entries.findLast(({ position, event }) => position <= Math.max(size, 1) && naming.includes(event.type));
  if (!named) throw new Error('The log founds no unit.');
  return named.event.data as EndpointPublicKeys;
}
