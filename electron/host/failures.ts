import type { CallFailure } from '#shared/bridge/contract.ts';
import { err } from '#shared/kernel/result.ts';

/** Refuses a call, in words for a person: what happened, what is safe, what to do next. */
export const refuse = (code: string, detail: string, retry = false) => err<CallFailure>({ code, detail, retry });

const safeHere = 'Nothing is lost: your work is kept sealed on this computer';

export const failures = {
  unknownCall: () =>
    refuse('unknown-call', 'The window asked for something that this version of Probity does not have.'),
  malformedRequest: (fields: string) =>
    refuse('request-malformed', `The window sent a request that is not well formed (${fields}). Nothing was done.`),
  malformedReply: () =>
    refuse(
      'reply-malformed',
      `The endpoint sent an answer that Probity does not understand. It was not used. ${safeHere}.`,
    ),
  defect: () =>
    refuse(
      'host-defect',
      `Something went wrong inside Probity. ${safeHere}. Start Probity again; if it comes back, tell your administrator.`,
    ),
  notEnrolled: () =>
    refuse(
      'not-enrolled',
      'This workstation is not enrolled yet. Nothing was sent. Enrol it with the code from your administrator.',
    ),
  noClipboard: () =>
    refuse(
      'clipboard-unreachable',
      'The program behind this window cannot reach the clipboard. It was not cleared. Copy something harmless in its place.',
    ),
  noEndpoint: () =>
    refuse('no-endpoint', 'No endpoint address is set. Give the address that your administrator sent you.'),
  badAddress: (why: string) => refuse('endpoint-address', `${why} Nothing was sent. Check the address and try again.`),
  offline: () =>
    refuse(
      'offline',
      `The endpoint cannot be reached. ${safeHere} and will be sent when the connection is back.`,
      true,
    ),
  timedOut: () =>
    refuse(
      'offline',
      `The endpoint did not answer in time, so it is not known whether it has the message. ${safeHere}; sending it again does no harm.`,
      true,
    ),
  certificate: () =>
    refuse(
      'certificate',
      `This computer does not trust the certificate of the endpoint, so nothing was sent. ${safeHere}. Tell your administrator.`,
      true,
    ),
  redirected: () =>
    refuse(
      'redirect-refused',
      `The endpoint pointed to another address, which Probity never follows. ${safeHere}. Check the address with your administrator.`,
    ),
  tooLarge: () =>
    refuse(
      'reply-too-large',
      `The endpoint sent more than Probity accepts. It was not used. ${safeHere}. Tell your administrator.`,
    ),
  endpointError: (status: number, retry: boolean) =>
    refuse('endpoint-error', `The endpoint answered with error ${status} and no explanation. ${safeHere}.`, retry),
  blobMismatch: () =>
    refuse(
      'blob-mismatch',
      'The endpoint sent an attachment that is not the one asked for. It was not used. Tell your administrator.',
    ),
  otherEndpointKey: () =>
    refuse(
      'endpoint-key-changed',
      'This endpoint does not hold the key that this workstation was enrolled with. Nothing was changed. It may be an impostor: tell your administrator before going on.',
    ),
  otherEndpoint: (own: string) =>
    refuse(
      'other-endpoint',
      `This workstation speaks only to the endpoint at ${own}. Nothing was sent or changed. If the endpoint has moved, ask your administrator.`,
    ),
  otherUnit: () =>
    refuse(
      'other-unit',
      'This workstation is enrolled for another unit. Nothing was changed. Use a separate profile for each unit.',
    ),
  notWorkstationCode: () =>
    refuse(
      'not-a-workstation-code',
      'This code is for an intake service, not for a workstation. Nothing was changed here. Ask your administrator for a workstation code.',
    ),
} as const;
