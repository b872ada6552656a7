import type { Description } from '../../core/model.ts';
import { transportSection } from '../../sdp/bundle.ts';
import type { MSection } from '../../sdp/sdp.ts';
import { FIREFOX_UNASKED_RESTART, firefoxRefuses } from '../browser.ts';
import { a, anAnswer, anOffer, b, conversation, editSection } from '../example.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Rule, type SuccessionSubject } from '../rule.ts';
import { changeOf, credentialChange, goesOn, keptTransports, restartsIce } from '../transport.ts';

const REFUSAL = firefoxRefuses(
  'Partial ICE restart is unsupported at this time (new remote description changes either the ice-ufrag or ice-pwd on fewer than all msections)',
);

/** Sections that keep their transport, by whether their own credentials differ from before. */
function split({ before, description, recyclable }: SuccessionSubject) {
  const [moved, kept]: [MSection[], MSection[]] = [[], []];
  for (const [i, after] of description.sdp.media.entries()) {
    const old = before.sdp.media[i];
    if (!old || recyclable.has(i) || !goesOn(old, after) || !sameTag(before, description, i)) continue;
    const change = credentialChange(old, after);
    if (change === 'none') kept.push(after);
    else if (change !== 'unknown' && !adoptsTag(before, description, after)) moved.push(after);
  }
  return { moved, kept };
}

/** The section shared the transport of the same section as it does now. */
function sameTag(before: Description, now: Description, index: number): boolean {
  const settled = before.round?.answer?.sdp;
  const [was, is] = [settled?.media[index], now.sdp.media[index]];
  if (!settled || !was || !is) return false;
  return transportSection(settled, was).index === transportSection(now.sdp, is).index;
}

/** It had credentials of its own before the bundle was agreed, and now states those of the tag, which have not changed. */
function adoptsTag(before: Description, { sdp }: Description, section: MSection): boolean {
  const tag = transportSection(sdp, section);
  const old = before.sdp.media[tag.index];
  if (tag === section || !old || credentialChange(old, tag) !== 'none') return false;
  return credentialChange(tag, section) === 'none';
}

export const icePartialRestart: Rule = {
  id: 'ice-partial-restart',
  severity: 'error',
  scope: 'succession',
  title: 'some sections have new ICE credentials and others keep theirs',
  cites: [cite('RFC 9429', '5.2.3.1'), cite('RFC 8839', '4.4.1.1.1')],
  explain:
    'An ICE restart in WebRTC concerns all sections. Firefox compares every section, bundled or not, and refuses a description that changes only some. Chrome looks at the tag of the bundle alone and accepts it.',
  fix: 'Change the credentials of all sections or of none. A proxy that rewrites credentials has to rewrite those of bundled sections, too.',
  exceptions:
    'New, recycled and rejected sections are not compared, nor is one whose bundle changed. A section that takes over the credentials of its tag, after the bundle was agreed, restarts nothing.',
  examples: {
    bad: [
      conversation(
        'only the tag of the bundle got the new credentials',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', 'video'])),
        a.offers(
          editSection(
            anOffer(['audio', 'video'], { version: 3 }),
            '0',
            ['a=ice-ufrag:aUf1', 'a=ice-ufrag:aUf2'],
            ['a=ice-pwd:aPasswordOfGeneration0001', 'a=ice-pwd:aPasswordOfGeneration0002'],
          ),
        ),
      ),
    ],
    good: [
      conversation(
        'all sections restart',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', 'video'])),
        a.offers(anOffer(['audio', 'video'], { version: 3, generation: 2 })),
      ),
      conversation(
        'a section is added with the credentials of the bundle',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(['audio', 'video'], { version: 3 })),
      ),
    ],
  },
  check: (subject) => {
    const { before, description } = subject;
    const transports = keptTransports(before, description);
    const changes = transports.map(changeOf);
    const unasked = description.type !== 'offer' && description.round && !restartsIce(description.round.offer);
    if (changes.length === 0 || changes.includes('ufrag') || changes.includes('pwd')) return [];
    if (unasked && changes.includes('both')) return [];
    const { moved, kept } = split(subject);
    const first = moved[0];
    if (!first || kept.length === 0) return [];
    return [
      {
        message: `${whose(description)} has new ICE credentials for ${namesOf(moved)}, but the old ones for ${namesOf(kept)}; Firefox refuses that, Chrome goes by the tag of the bundle.`,
        section: first,
        line: first.ice.ufrag?.line ?? first.line,
        refusedBy: { firefox: unasked ? FIREFOX_UNASKED_RESTART : REFUSAL },
      },
    ];
  },
};
