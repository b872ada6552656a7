import type { Description, Session } from '../../core/model.ts';
import { chromeRefuses } from '../browser.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { rtpSections } from '../header-extensions.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';
import { declaredTracks } from '../ssrcs.ts';

const MSID = /a=msid:.*\r\n/;
const ONE = 'a=ssrc:1111 cname:c\r\na=ssrc:1111 msid:camera track1\r\n';
const TWO = `${ONE}a=ssrc:2222 cname:c\r\na=ssrc:2222 msid:screen track2\r\n`;
const planB = (sdp: string, ssrcs: string) => edit(sdp, [MSID, ''], [/$/, ssrcs]);

export const planBDescription: Rule = {
  id: 'plan-b-description',
  severity: 'error',
  scope: 'description',
  title: 'one section carries several tracks (Plan B)',
  cites: [cite('RFC 9429', '3.4.1'), cite('RFC 9429', '5.2.1'), cite('RFC 8830', '2')],
  explain:
    'Since Unified Plan each track has a section of its own. A description in the old Plan B form puts all tracks of a kind into one section and names them in a=ssrc lines. Chrome refuses it, and other stacks take one of the tracks.',
  fix: 'Let the sender use Unified Plan: update the SDK or server, and remove sdpSemantics "plan-b".',
  exceptions:
    'Simulcast and repair streams of one track. Where both sides write Plan B it is only noted: the recording is from the time of Plan B.',
  examples: {
    bad: [conversation('camera and screen in one section', a.offers(planB(anOffer(['video']), TWO)))],
    good: [
      conversation('one track', a.offers(planB(anOffer(['video']), ONE)), b.answers(anAnswer(['video']))),
      conversation('two tracks, two sections', a.offers(anOffer(['video', 'video']))),
    ],
  },
  check: ({ sdp, session, description }) => {
    const crowded = rtpSections(sdp).filter((section) => declaredTracks(section).size > 1);
    const [first] = crowded;
    if (!first) return [];
    const count = declaredTracks(first).size;
    const named = crowded.some(({ msids }) => msids.length === 0);
    const old = usedByBoth(session, description);
    const message = `${namesOf(crowded)} in ${whose(description)} ${crowded.length > 1 ? 'carry' : 'carries'} several tracks each (${count} in the first), which is Plan B.`;
    const chrome = chromeRefuses(
      description,
      'Media section has more than one track specified with a=ssrc lines which is not supported with Unified Plan.',
    );
    return [{ message, severity: old ? 'info' : 'error', section: first, refusedBy: named ? { chrome } : {} }];
  },
};

/** The other side's last description has the same form. */
function usedByBoth({ descriptions }: Session, { from, seq }: Description): boolean {
  const other = descriptions.findLast((one) => one.from !== from && one.seq < seq);
  return other?.sdp.media.some((section) => declaredTracks(section).size > 1) === true;
}
