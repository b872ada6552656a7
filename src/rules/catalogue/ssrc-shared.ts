import type { Description } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import type { MSection } from '../../sdp/sdp.ts';
import { chromeRefuses } from '../browser.ts';
import { groupOf } from '../bundle.ts';
import { a, anOffer, conversation, edit, editSection } from '../example.ts';
import { rtpSections } from '../header-extensions.ts';
import { effectiveMids } from '../mids.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Refusal, type Rule } from '../rule.ts';
import { declaredSsrcs } from '../ssrcs.ts';
import { goesOn } from '../transport.ts';

const end = (mid: string, ssrc: number, sdp: string) => editSection(sdp, mid, [/$/, `a=ssrc:${ssrc} cname:c\r\n`]);
const TWO = anOffer(['audio', 'video']);

export const ssrcShared: Rule = {
  id: 'ssrc-shared',
  severity: 'error',
  scope: 'description',
  title: 'two bundled sections declare the same SSRC',
  cites: [cite('RFC 5576', '4.1'), cite('RFC 9143', '9.2'), cite('RFC 3550', '8')],
  explain:
    'Bundled sections share one RTP session, where an SSRC belongs to one stream. With one number in two sections packets cannot be told apart: Chrome takes such an offer and then fails on its own answer; an answer or a later offer like that it refuses.',
  fix: 'Give every stream an SSRC of its own. A repeated one usually comes from copying a section or from a server that reuses numbers.',
  exceptions: 'Rejected sections, and sections with transports of their own.',
  examples: {
    bad: [conversation('audio and video share one', a.offers(end('0', 11, end('1', 11, TWO))))],
    good: [
      conversation('each its own', a.offers(end('0', 11, end('1', 22, TWO)))),
      conversation('not bundled', a.offers(edit(end('0', 11, end('1', 11, TWO)), ['a=group:BUNDLE 0 1\r\n', '']))),
    ],
  },
  check: ({ sdp, description }) => {
    const mids = effectiveMids(description);
    const groups = groupOf(sdp);
    const owners = new Map<string, MSection>();
    for (const section of rtpSections(sdp)) {
      const mid = mids[section.index] ?? '';
      const group = groups.get(mid);
      if (group === undefined) continue;
      for (const ssrc of declaredSsrcs(section)) {
        const key = `${group.line} ${ssrc}`;
        const owner = owners.get(key);
        if (owner === undefined) owners.set(key, section);
        else if (owner !== section) {
          const line = section.ssrcs.find((one) => one.ssrc === ssrc)?.line ?? section.line;
          const message = `${nameOf(section)} in ${whose(description)} declares the SSRC ${visible(ssrc, 12)}, which is that of ${nameOf(owner)} in the same bundle.`;
          return [{ message, section, line, refusedBy: refusal(description, section, mid) }];
        }
      }
    }
    return [];
  },
};

/** Chromium sorts packets as soon as the group is agreed, and says 'audio' of sections of any kind. */
function refusal(description: Description, section: MSection, mid: string): Refusal {
  const old = description.base?.transport.sdp.media[section.index];
  if (description.type === 'offer' && (!old || !goesOn(old, section))) return {};
  return { chrome: chromeRefuses(description, `Failed to set up audio demuxing for mid='${mid}'.`) };
}
