/**
 * What is said before the answer: interim responses of the server (100, 102, 103, …; RFC 9110, section 15.2), and requests
 * that wait for one before they send their body.
 */
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { type Head, headText, type Names, without } from './headers.ts';

/** Passes them on as they come. `client`: undefined as long as an earlier answer is on its way there. */
export function passInterim(
  outgoing: ClientRequest,
  { request, names }: { readonly request: IncomingMessage; readonly names: Names },
  client: () => Writable | null | undefined,
): void {
  // HTTP/1.0 knows none.
  if (request.httpVersionMajor === 1 && request.httpVersionMinor === 0) return;
  outgoing.on('information', (head: Head) => client()?.write(headText(head, names), 'latin1'));
}

/** As long as nothing of the answer has been said. */
export const beforeAnswer = (response: ServerResponse) => (): Writable | null =>
  response.headersSent ? null : response.socket;

const waits = ({ headers }: IncomingMessage): boolean => /^100-continue$/i.test(headers.expect ?? '');

const EXPECTATION = new Set(['expect']);

/** Whoever reads a body before the server does has to ask for it. Gives the headers with which the server is asked then. */
export function askForBody(request: IncomingMessage, response: ServerResponse, headers: readonly string[]): string[] {
  if (!waits(request)) return [...headers];
  response.writeContinue();
  return without(headers, EXPECTATION);
}
