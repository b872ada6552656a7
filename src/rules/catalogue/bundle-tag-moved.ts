import type { Description } from '../../core/model.ts';
import { bundleGroups } from '../../sdp/bundle.ts';
import { visible } from '../../sdp/printable.ts';
import type { MSection, Sdp } from '../../sdp/sdp.ts';
import { chromeSection } from '../browser.ts';
import { establishedBy, sectionsByMid } from '../bundle.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';
import { credentialChange } from '../transport.ts';

const FIRST = [a.offers(anOffer(['audio', 'video'])), b.answers(anAnswer(['audio', 'video']))] as const;

export const bundleTagMoved: Rule = {
  id: 'bundle-tag-moved',
  severity: 'info',
  scope: 'succession',
  title: 'another section owns the transport of the bundle now',
  cites: [cite('RFC 9143', '7.3.1'), cite('RFC 9143', '7.5.3')],
  explain:
    'The first mid of the group stands for the shared transport. When that section is stopped the next one takes over, often with a new transport: credentials and DTLS role may change then, and that is no ICE restart. While the old one still lives nothing forces a move, and a reordered group makes browsers rebuild or lose the transport; in an answer Chrome refuses it.',
  fix: 'Nothing to do after a stop. Otherwise keep the order of a=group:BUNDLE.',
  examples: {
    bad: [
      conversation(
        'audio was stopped',
        ...FIRST,
        a.offers(anOffer([{ kind: 'audio', rejected: true, direction: 'inactive' }, 'video'], { version: 3 })),
      ),
      conversation(
        'the group was reordered',
        ...FIRST,
        a.offers(edit(anOffer(['audio', 'video'], { version: 3 }), ['BUNDLE 0 1', 'BUNDLE 1 0'])),
      ),
      conversation(
        'the answer reorders the group by itself',
        ...FIRST,
        a.offers(anOffer(['audio', 'video'], { version: 3 })),
        b.answers(edit(anAnswer(['audio', 'video'], { version: 3 }), ['BUNDLE 0 1', 'BUNDLE 1 0'])),
      ),
    ],
    good: [
      conversation(
        'a section joins at the end',
        ...FIRST,
        a.offers(anOffer(['audio', 'video', 'data'], { version: 3 })),
      ),
    ],
  },
  check: ({ session, description, before }) => {
    const established = establishedBy(session, description);
    const [old, now] = [established && tagged(established.sdp), tagged(description.sdp)];
    const was = old?.mid?.value;
    if (!established || !old || !now || was === now.mid?.value || answersMove(description, now)) return [];
    const still = sectionsByMid(description.sdp).get(was ?? '');
    const lives = still?.rejected === false && still.kind === old.kind;
    const reordered = lives && grouped(description.sdp, was) && grouped(established.sdp, now.mid?.value);
    const ends = lives ? `though '${visible(was ?? '', 20)}' still lives` : credentials(before, now);
    const message = `${whose(description)} puts ${nameOf(now)} first in the BUNDLE group, in place of ${nameOf(old)}, ${ends}`;
    if (description.type !== 'answer' || !grouped(established.sdp, now.mid?.value))
      return [{ message: `${message}.`, severity: reordered ? 'warning' : 'info', section: now }];
    const chrome = chromeSection(description, now.mid?.value ?? '', 'Failed to setup RTCP mux.');
    const refused = `${message}. The offer has not moved it, and Chrome refuses the answer.`;
    return [{ message: refused, severity: 'error', section: now, refusedBy: { chrome } }];
  },
};

/** The section behind the first mid of the first group. */
function tagged(sdp: Sdp): MSection | undefined {
  const tag = bundleGroups(sdp)[0]?.mids[0];
  return tag === undefined ? undefined : sectionsByMid(sdp).get(tag);
}

/** A new section may come first, and one that leaves the group is a matter of rule bundle-established-removed. */
function grouped(sdp: Sdp, mid: string | undefined): boolean {
  return bundleGroups(sdp).some(({ mids }) => mid !== undefined && mids.includes(mid));
}

/** The answer follows its offer, which has been reported. */
function answersMove({ type, round }: Description, now: MSection): boolean {
  const offered = type === 'offer' ? undefined : round && tagged(round.offer.sdp);
  return offered !== undefined && offered.mid?.value === now.mid?.value;
}

function credentials(before: Description, now: MSection): string {
  const old = before.sdp.media[now.index];
  const change = old === undefined || old.rejected ? 'unknown' : credentialChange(old, now);
  if (change === 'unknown') return 'which is gone';
  return change === 'none' ? 'which is gone; its ICE credentials stay' : 'which is gone; the transport is a new one';
}
