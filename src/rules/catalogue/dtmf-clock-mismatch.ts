import type { MSection } from '../../sdp/sdp.ts';
import { codecName, sharedCodecs } from '../codecs.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

const dtmf = (sdp: string, clock: number) =>
  edit(sdp, ['SAVPF 111 0', 'SAVPF 111 0 126'], ['a=rtpmap:0', `a=rtpmap:126 telephone-event/${clock}\r\na=rtpmap:0`]);

export const dtmfClockMismatch: Rule = {
  id: 'dtmf-clock-mismatch',
  severity: 'info',
  scope: 'pair',
  title: 'DTMF at another clock rate than the audio codec in use',
  cites: [cite('RFC 4733', '2.1'), cite('RFC 4733', '2.5.1.2'), cite('RFC 7874', '3')],
  explain:
    'Tones share the timestamps of the audio stream, so telephone-event must have the clock rate of the codec in use. With Opus (48000) and telephone-event/8000 only, some endpoints cannot send digits, others restart timestamps and gateways lose them.',
  fix: 'Offer and answer telephone-event/48000 besides telephone-event/8000, or prefer a codec of 8000 Hz.',
  exceptions: 'Without DTMF on both sides, and for codecs that are not the first of the answer, nothing is wrong.',
  examples: {
    bad: [
      conversation(
        'Opus with telephone-event/8000',
        a.offers(dtmf(anOffer(), 8000)),
        b.answers(dtmf(anAnswer(), 8000)),
      ),
    ],
    good: [
      conversation(
        'Opus with telephone-event/48000',
        a.offers(dtmf(anOffer(), 48000)),
        b.answers(dtmf(anAnswer(), 48000)),
      ),
      conversation('no DTMF in the answer', a.offers(dtmf(anOffer(), 8000)), b.answers(anAnswer())),
    ],
  },
  check: ({ accepted, answer }) =>
    accepted.flatMap(({ offered, answered }) => {
      const [used] = answered.kind === 'audio' ? sharedCodecs(offered, answered) : [];
      const [wanted, got] = [eventClocks(offered), eventClocks(answered)];
      if (!used || wanted.size === 0 || got.size === 0) return [];
      if (wanted.has(used.clockRate) && got.has(used.clockRate)) return [];
      const message = `${nameOf(answered)} uses ${codecName(used)} at ${used.clockRate} Hz, but ${whose(answer)} and the offer share no telephone-event/${used.clockRate}: tones may get lost.`;
      return [{ message: capital(message), section: answered }];
    }),
};

function eventClocks({ codecs }: MSection): ReadonlySet<number> {
  return new Set(codecs.filter(({ role }) => role === 'dtmf').map(({ clockRate }) => clockRate));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
