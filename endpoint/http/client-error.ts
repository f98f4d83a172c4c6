import type { Socket } from 'node:net';
import { problemOf } from './problems.ts';

/** Bytes that are no HTTP, headers that do not end: answered before there is a request. Nothing is logged. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const overflow = error.code === 'HPE_HEADER_OVERFLOW';
  const problem = problemOf(overflow ? 'headers-too-large' : 'request-malformed', 'The request is not valid HTTP.');
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} Refused\r\ncontent-type: application/problem+json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
