/** Large descriptions and long conversations, made of a recorded offer. */
import { readFileSync } from 'node:fs';
import type { Draft, SignalEvent } from '../../src/core/event.ts';
import { pathOf } from './measure.ts';

const OFFER = readFileSync(pathOf('test/fixtures/sdp/chromium-156-offer-10-sections.sdp'), 'utf8');

/** An offer of this many sections, as an SFU makes it: those of the recorded one again and again, with other mids. */
export function offerOf(count: number): string {
  const [session = '', ...sections] = OFFER.split(/^(?=m=)/m);
  const mids = Array.from({ length: count }, (_, i) => String(i));
  const body = mids.map((mid, i) => {
    const section = sections[i % sections.length] as string;
    const ssrcs = section.replace(/^(a=ssrc(?:-group:\w+|):?)(.*)$/gm, (_, head: string, rest: string) => {
      return head + rest.replace(/\b\d{6,10}\b/g, (ssrc) => String((Number(ssrc) + i * 7919) % 4_294_967_295));
    });
    return ssrcs.replace(/^a=mid:.*\r$/m, `a=mid:${mid}\r`).replace(/^(a=msid:\S+ )(\S+)/m, `$1track-${mid}`);
  });
  return session.replace(/^a=group:BUNDLE.*\r$/m, `a=group:BUNDLE ${mids.join(' ')}\r`) + body.join('');
}

/** Rewrites an offer as the answer of another side. */
export function answerTo(offer: string): string {
  return offer
    .replace(/^o=- \d+/m, 'o=- 4242424242')
    .replaceAll('a=setup:actpass', 'a=setup:active')
    .replace(/^a=(?:ssrc|msid:).*\r\n/gm, '')
    .replace(/^a=(?:sendrecv|sendonly|recvonly)\r$/gm, (line) =>
      line === 'a=recvonly\r' ? 'a=inactive\r' : 'a=recvonly\r',
    )
    .replace(/^a=ice-ufrag:.*\r$/gm, 'a=ice-ufrag:Answ\r')
    .replace(/^a=ice-pwd:.*\r$/gm, 'a=ice-pwd:answerAnswerAnswerAnswer\r')
    .replace(/^(a=fingerprint:\S+) ..:..:/gm, '$1 AB:CD:');
}

/** A call of this many messages: offers, answers, and eight candidates to each of them. */
export function conversationOf(messages: number, sections: number): Draft[] {
  const offer = offerOf(sections);
  const answer = answerTo(offer);
  const drafts: Draft[] = [];
  for (let n = 0; drafts.length < messages; n++) {
    const offerer = n % 2 === 0;
    const version = (sdp: string): string => sdp.replace(/^(o=\S+ \S+) \d+/m, `$1 ${2 + Math.floor(n / 2)}`);
    const ufrag = offerer ? (/^a=ice-ufrag:(.*)\r$/m.exec(offer)?.[1] ?? '') : 'Answ';
    const text = version(offerer ? offer : answer);
    drafts.push(said(offerer, { type: offerer ? 'offer' : 'answer', pc: 'a+b', sdp: text }, drafts.length));
    for (let i = 0; i < 8 && drafts.length < messages; i++) {
      const candidate = `candidate:${n} 1 udp 2122260223 192.0.2.${1 + (i % 200)} ${10_000 + ((n * 8 + i) % 50_000)} typ host generation 0 ufrag ${ufrag}`;
      drafts.push(said(offerer, { type: 'candidate', pc: 'a+b', candidate, mid: '0', mLine: 0, ufrag }, drafts.length));
    }
  }
  return drafts;
}

type Signal = Extract<SignalEvent, { kind: 'message' }>['signals'][number];

function said(byA: boolean, signal: Signal, n: number): Draft {
  const [from, to] = byA ? ['a', 'b'] : ['b', 'a'];
  return { t: n * 2000, from, to, kind: 'message', protocol: 'bench', encoding: 'text', raw: '', signals: [signal] };
}
