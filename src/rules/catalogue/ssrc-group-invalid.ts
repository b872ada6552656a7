import { visible } from '../../sdp/printable.ts';
import type { MSection, SsrcGroup } from '../../sdp/sdp.ts';
import { chromeRefuses } from '../browser.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { rtpSections } from '../header-extensions.ts';
import { isSsrc, streamFaults } from '../libwebrtc-streams.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type DescriptionSubject, type Refusal, type Report, type Rule } from '../rule.ts';
import { declaredSsrcs, declaredTracks } from '../ssrcs.ts';
import { goesOn } from '../transport.ts';

const lines = (...list: string[]) => list.map((line) => `a=${line}\r\n`).join('');
const withSsrcs = (...list: string[]) => edit(anOffer(['video']), [/$/, lines(...list)]);
const PAIR = ['ssrc:11 cname:c', 'ssrc:22 cname:c'];

export const ssrcGroupInvalid: Rule = {
  id: 'ssrc-group-invalid',
  severity: 'error',
  scope: 'description',
  title: 'a=ssrc or a=ssrc-group lines are malformed or do not fit',
  cites: [cite('RFC 5576', '4.1'), cite('RFC 5576', '4.2')],
  explain:
    'a=ssrc names a number of 32 bits and an attribute with a value; a=ssrc-group pairs declared SSRCs: FID a stream and its retransmission, FEC-FR a stream and its repair. Chrome refuses lines it cannot read and groups that do not add up. It takes the first declared SSRC of a section for the media, so a section whose a=ssrc lines are in reverse order stays black without an error.',
  fix: 'Declare every SSRC of a group with an a=ssrc line, the media stream before its retransmission, and give FID and FEC-FR exactly two. Leaving out all a=ssrc lines is fine, too.',
  exceptions: 'SIM groups of up to three, and sections without any a=ssrc.',
  examples: {
    bad: [
      conversation('three in an FID group', a.offers(withSsrcs('ssrc-group:FID 11 22 33', ...PAIR, 'ssrc:33 cname:c'))),
      conversation('one SSRC twice', a.offers(withSsrcs('ssrc-group:FID 11 11', ...PAIR))),
      conversation('not declared', a.offers(withSsrcs('ssrc-group:FID 11 22', 'ssrc:11 cname:c'))),
      conversation('an attribute without value', a.offers(withSsrcs('ssrc:11 cname'))),
      conversation('no number of 32 bits', a.offers(withSsrcs('ssrc:4294967296 cname:c'))),
      conversation(
        'two for one voice',
        a.offers(edit(anOffer(['audio']), [/$/, lines('ssrc:11 cname:c', 'ssrc:22 cname:c')])),
      ),
      conversation('zero', a.offers(withSsrcs('ssrc:0 cname:c'))),
      conversation(
        'the retransmission comes first',
        a.offers(withSsrcs('ssrc:22 cname:c', 'ssrc:11 cname:c', 'ssrc-group:FID 11 22')),
      ),
    ],
    good: [
      conversation('media and retransmission', a.offers(withSsrcs('ssrc-group:FID 11 22', ...PAIR))),
      conversation('the group behind the lines', a.offers(withSsrcs(...PAIR, 'ssrc-group:FID 11 22'))),
      conversation('no SSRC declared', a.offers(anOffer(['video']))),
    ],
  },
  check: (subject) => [
    ...malformed(subject),
    ...rtpSections(subject.sdp).flatMap((section) => misfits(subject, section)),
  ],
};

function malformed({ sdp, description }: DescriptionSubject): Report[] {
  return sdp.media.flatMap((section) =>
    streamFaults(sdp, section).flatMap(({ attribute, line, text, flaw, chrome }) => {
      if (attribute !== 'ssrc' && attribute !== 'ssrc-group') return [];
      const message = `'${visible(text, 60)}' of ${nameOf(section)} in ${whose(description)} ${visible(flaw, 80)}.`;
      return [{ message, section, line, refusedBy: chrome === undefined ? {} : { chrome } }];
    }),
  );
}

const LIMITS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  FID: [2, 2],
  'FEC-FR': [2, 2],
  SIM: [1, 3],
};

function misfits({ description }: DescriptionSubject, section: MSection): Report[] {
  const declared = declaredSsrcs(section);
  const places = new Map(declared.map((ssrc, i) => [ssrc, i]));
  const mid = section.mid?.value ?? '';
  const say = (what: string, line: number, refusedBy: Refusal, severity: Report['severity'] = 'error'): Report => ({
    message: `${nameOf(section)} in ${whose(description)} ${what}.`,
    severity,
    section,
    line,
    refusedBy,
  });
  const zero = section.ssrcs.find(({ ssrc }) => ssrc === '0');
  const groups = section.ssrcGroups.filter(({ ssrcs }) => ssrcs.every(isSsrc) && new Set(ssrcs).size === ssrcs.length);
  return [
    ...crowdOf(),
    ...(zero ? [say('declares the SSRC 0, which stands for none', zero.line, {})] : []),
    ...groups.flatMap((group) => groupReport(group)),
  ];

  /** One section carries one stream, and for Chromium a stream of audio has one SSRC. */
  function crowdOf(): Report[] {
    // In an answer even if it says that it sends nothing.
    const heard =
      /^send/.test(section.direction) || (description.type === 'answer' && section.direction === 'recvonly');
    const several = section.kind === 'audio' && declared.length > 1 && heard;
    // Of several tracks that only a=ssrc lines name, another rule speaks: plan-b-description.
    if (!several || (section.msids.length === 0 && declaredTracks(section).size > 1)) return [];
    const old = description.base?.transport.sdp.media[section.index];
    // A stream that Chromium has got already, it does not look at again.
    const known = old !== undefined && goesOn(old, section) && declaredSsrcs(old).includes(declared[0] ?? '');
    const reason = `Failed to add remote stream ssrc: ${declared[0]} to {mid: ${mid}, media_type: audio}`;
    const line = section.ssrcs.find(({ ssrc }) => ssrc === declared[1])?.line ?? section.line;
    return [
      known
        ? say(`now declares ${declared.length} SSRCs, and Chrome takes one only`, line, {}, 'warning')
        : say(`declares ${declared.length} SSRCs, and Chrome takes one only`, line, {
            chrome: chromeRefuses(description, reason),
          }),
    ];
  }

  function groupReport(group: SsrcGroup): Report[] {
    const { semantics, ssrcs, line } = group;
    const name = `the ${visible(semantics, 10)} group ${visible(ssrcs.join(' '), 40)}`;
    const [least, most] = LIMITS[semantics] ?? [0, Number.POSITIVE_INFINITY];
    if (ssrcs.length < least || ssrcs.length > most) {
      const chrome = chromeRefuses(
        description,
        `The media section with MID='${mid}' has a ssrc-group with semantics ${semantics} and an unexpected number of SSRCs.`,
      );
      // Chromium attaches a group to the track of its first SSRC, and looks at no other.
      return [
        say(
          `has ${name} of ${ssrcs.length} instead of ${least === most ? least : `up to ${most}`}`,
          line,
          places.has(ssrcs[0] ?? '') ? { chrome } : {},
        ),
      ];
    }
    const unknown = ssrcs.find((ssrc) => !places.has(ssrc));
    if (unknown !== undefined) return [say(`has ${name}, but no a=ssrc line for ${unknown}`, line, undeclared(group))];
    const [media = '', repair = ''] = ssrcs;
    if (semantics !== 'FID' || (places.get(repair) ?? 0) > (places.get(media) ?? 0)) return [];
    return [
      say(
        `declares ${repair} before ${media}, although ${repair} is the retransmission of ${media}: Chrome takes it for the media and shows nothing`,
        line,
        {},
        'warning',
      ),
    ];
  }

  /** The retransmission is not declared: the stream cannot be set up. */
  function undeclared({ semantics, ssrcs }: SsrcGroup): Refusal {
    if (semantics !== 'FID' || section.kind !== 'video' || !places.has(ssrcs[0] ?? '')) return {};
    const reason = `Failed to add remote stream ssrc: ${declared[0]} to {mid: ${mid}, media_type: video}`;
    return { chrome: chromeRefuses(description, reason) };
  }
}
