/** SIP said again: dialogs and transactions of today, and challenges answered with the password. */

import { readParameters } from '../../protocols/sip/address.ts';
import { answerChallenge, type Challenge, readChallenges } from '../../protocols/sip/digest.ts';
import { headerOf, isRequest, readSip, type SipMessage, valuesOf } from '../../protocols/sip/message.ts';
import type { Bindings } from './bindings.ts';
import type { Dialect } from './dialect.ts';
import { createRemembered } from './remembered.ts';
import type { Step } from './script.ts';

export interface SipOptions {
  /** Undefined if nobody has told it. */
  password(user: string): string | undefined;
  /** A fresh identifier of that many letters and digits. */
  newId(length: number): string;
  /** The server wants a password that nobody has told. */
  lacking(step: Step, user: string): void;
}

/** Requests that may be answered yet, and what is known of the dialogs there are. */
const [MOST_REQUESTS, MOST_IDS] = [1_000, 10_000];

type Headers = readonly (readonly [name: string, value: string])[];

export function createSipDialect(bindings: Bindings, options: SipOptions): Dialect {
  let challenge: Challenge | undefined;
  let answered = 0;
  /** By transaction of the recording, what a response has to repeat of the request of today. */
  const requests = createRemembered<string, SipMessage>(MOST_REQUESTS);
  const known = createRemembered<string, true>(MOST_IDS);

  return {
    said(step) {
      const message = read(step.raw);
      if (message === undefined) return step.raw;
      for (const id of idsOf(step.raw)) {
        if (known.get(id)) continue;
        known.set(id, true);
        // Who says it first has made it.
        bindings.bind(id, freshLike(id, options.newId));
      }
      const [head = '', ...rest] = step.raw.split(/(?<=\r?\n)(?=\r?\n)/);
      const today = signed(repeated(bindings.applyText(head), message), message, step);
      return withLength(today, rest.join(''));
    },
    heard(step, raw) {
      for (const text of [step.raw, raw]) for (const id of idsOf(text)) known.set(id, true);
      bindings.learn(step.raw, raw);
      const [then, now] = [read(step.raw), read(raw)];
      if (then === undefined || now === undefined) return;
      if (isRequest(now)) requests.set(transactionOf(then), now);
      else if (now.status === 401 || now.status === 407) {
        const name = now.status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
        challenge = readChallenges(valuesOf(now, name)) ?? challenge;
        answered = 0;
      }
    },
  };

  /** A response repeats what its request says of itself (RFC 3261 8.2.6). */
  function repeated(head: string, message: SipMessage): string {
    const request = isRequest(message) ? undefined : requests.get(transactionOf(message));
    if (request === undefined) return head;
    const tag = /;tag=[^;\s]+/.exec(headerOf(message, 'To'))?.[0] ?? '';
    const to = headerOf(request, 'To');
    const copied: Headers = [
      ...valuesOf(request, 'Via').map((value) => ['Via', value] as const),
      ['From', headerOf(request, 'From')],
      ['To', /;tag=/.test(to) ? to : to + bindings.applyText(tag)],
      ['Call-ID', headerOf(request, 'Call-ID')],
      ['CSeq', headerOf(request, 'CSeq')],
    ];
    const [first = '', ...lines] = head.split(/\r?\n/);
    const kept = lines.filter((line) => line !== '' && !/^(?:Via|v|From|f|To|t|Call-ID|i|CSeq)[ \t]*:/i.test(line));
    return [first, ...copied.map(([name, value]) => `${name}: ${value}`), ...kept, ''].join('\r\n');
  }

  /** The answer to a challenge is of its nonce. */
  function signed(head: string, message: SipMessage, step: Step): string {
    if (!isRequest(message) || challenge === undefined) return head;
    const asked = challenge;
    return head.replace(
      /^((?:Proxy-)?Authorization):[ \t]*Digest ([^\r\n]*)/im,
      (whole, name: string, value: string) => {
        const { username = '' } = readParameters(value);
        const password = options.password(username);
        if (password === undefined) {
          options.lacking(step, username);
          return whole;
        }
        answered += 1;
        const [, method = '', uri = ''] = /^(\S+) (\S+)/.exec(head) ?? [];
        const purpose = { method, uri: readParameters(value).uri ?? uri, cnonce: options.newId(16), count: answered };
        return `${name}: ${answerChallenge(asked, { user: username, password }, purpose)}`;
      },
    );
  }
}

function read(raw: string): SipMessage | undefined {
  const message = readSip({ data: raw, encoding: 'text', direction: 'in' });
  return 'fault' in message ? undefined : message;
}

const transactionOf = (message: SipMessage): string =>
  `${headerOf(message, 'Call-ID')} ${headerOf(message, 'CSeq')} ${/;tag=[^;\s]+/.exec(headerOf(message, 'From'))?.[0]}`;

/** Call-IDs, tags and branches, without what all of their kind begin with. */
function idsOf(raw: string): readonly string[] {
  const head = raw.split(/\r?\n\r?\n/, 1)[0] ?? '';
  return [...head.matchAll(/(?:^(?:Call-ID|i)[ \t]*:[ \t]*|;tag=|;branch=)([\w.~-]{6,65536})/gim)].map(
    ([, id = '']) => id,
  );
}

function freshLike(id: string, newId: SipOptions['newId']): string {
  const cookie = /^z9hG4bK-?/.exec(id)?.[0] ?? '';
  return cookie + newId(Math.max(8, id.length - cookie.length));
}

function withLength(head: string, rest: string): string {
  const body = rest.replace(/^\r?\n/, '');
  const length = new TextEncoder().encode(body).length;
  return head.replace(/^(Content-Length|l)[ \t]*:.*$/im, (_line, name: string) => `${name}: ${length}`) + rest;
}
