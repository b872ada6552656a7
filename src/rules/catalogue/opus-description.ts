import { fmtpValue } from '../../sdp/fmtp.ts';
import { visible } from '../../sdp/printable.ts';
import type { Codec, MSection } from '../../sdp/sdp.ts';
import { encodingOf, isNamed, listed } from '../codecs.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { libwebrtcReads } from '../libwebrtc-rtp.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type DescriptionSubject, type Report, type Rule } from '../rule.ts';

export const opusDescription: Rule = {
  id: 'opus-description',
  severity: 'error',
  scope: 'description',
  title: 'Opus is not written as opus/48000/2, or its parameters changed',
  cites: [cite('RFC 7587', '7'), cite('RFC 7587', '6.1')],
  explain:
    'Opus is always announced as opus/48000/2, whatever is really sent. Chrome and Firefox accept another clock rate or channel count as an unknown codec and use the next one of the list, or nothing.',
  fix: 'Write a=rtpmap:<payload type> opus/48000/2. Mono, bandwidth and bitrate belong into a=fmtp: stereo, maxplaybackrate, maxaveragebitrate.',
  exceptions:
    'multiopus is another codec. Parameters may differ between offer and answer; a change of one side between negotiations is only noted.',
  examples: {
    bad: [
      conversation('one channel', a.offers(edit(anOffer(), ['opus/48000/2', 'opus/48000']))),
      conversation(
        'stereo is switched on later',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(edit(anOffer(['audio'], { version: 3 }), ['minptime=10', 'stereo=1;minptime=10'])),
      ),
    ],
    good: [
      conversation(
        'another receiver, other parameters',
        a.offers(anOffer()),
        b.answers(edit(anAnswer(), ['minptime=10', 'stereo=1;minptime=10'])),
      ),
    ],
  },
  check: (subject) => subject.live.flatMap((section) => [...misnamed(subject, section), ...changed(subject, section)]),
};

const opusOf = (section: MSection): readonly Codec[] => section.codecs.filter((codec) => isNamed(codec, 'opus'));

function misnamed({ description, sdp }: DescriptionSubject, section: MSection): Report[] {
  const unread = new Set(libwebrtcReads(sdp, section).faults.map(({ line }) => line));
  const wrong = opusOf(section).filter(
    ({ clockRate, channels, rtpmapLine }) => (clockRate !== 48000 || channels !== 2) && !unread.has(rtpmapLine ?? 0),
  );
  const [first] = wrong;
  if (!first) return [];
  const message = `${whose(description)} writes ${listed(wrong.map(encodingOf))} for ${nameOf(section)} instead of opus/48000/2: both browsers accept it as a codec they do not know.`;
  return [{ message, section, line: first.rtpmapLine ?? section.line }];
}

/** The parameters worth a line when they change, and what they are when left out. */
const PARAMETERS: readonly (readonly [string, string])[] = [
  ['stereo', '0'],
  ['sprop-stereo', '0'],
  ['useinbandfec', '0'],
  ['usedtx', '0'],
  ['cbr', '0'],
  ['maxaveragebitrate', 'unlimited'],
];

function changed({ description }: DescriptionSubject, section: MSection): Report[] {
  const old = description.base?.media.sdp.media[section.index];
  if (!old || old.rejected || old.kind !== section.kind || old.mid?.value !== section.mid?.value) return [];
  const [before, now] = [opusOf(old)[0], opusOf(section)[0]];
  if (!before || !now) return [];
  const value = (codec: Codec, key: string, otherwise: string) => fmtpValue(codec.fmtp, key) ?? otherwise;
  const changes = PARAMETERS.flatMap(([key, otherwise]) => {
    const [was, is] = [value(before, key, otherwise), value(now, key, otherwise)];
    return was === is ? [] : [`${key} ${visible(was, 12)} → ${visible(is, 12)}`];
  });
  const [was, is] = [old.ptime?.value ?? 'unset', section.ptime?.value ?? 'unset'];
  if (was !== is) changes.push(`ptime ${visible(was, 12)} → ${visible(is, 12)}`);
  if (changes.length === 0) return [];
  const message = `${whose(description)} changes Opus parameters of ${nameOf(section)}: ${listed(changes)}.`;
  return [{ message, section, severity: 'info', line: now.fmtp[0]?.line ?? section.line }];
}
