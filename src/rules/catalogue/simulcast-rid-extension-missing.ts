import type { HeaderExtension } from '../../sdp/sdp.ts';
import { chromeRefuses } from '../browser.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { rtpSections, URI } from '../header-extensions.ts';
import { effectiveMids } from '../mids.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';
import { negotiatesSimulcast } from '../simulcast.ts';

const LAYERS = 'a=rid:q send\r\na=rid:h send\r\na=simulcast:send q;h\r\n';
const EXTENSION = `a=extmap:10 ${URI.streamId}\r\n`;

export const simulcastRidExtensionMissing: Rule = {
  id: 'simulcast-rid-extension-missing',
  severity: 'error',
  scope: 'description',
  title: 'simulcast without the header extension that tells its streams apart',
  cites: [cite('RFC 8853', '5.5'), cite('RFC 8852', '3.3')],
  explain:
    'Simulcast streams of one section are told apart by their rid, which travels in the RTP header extension rtp-stream-id. Chrome refuses a description that negotiates a=simulcast without that extension; Firefox accepts it.',
  fix: `Offer and accept a=extmap for ${URI.streamId} wherever a=simulcast stands, and take neither out without the other.`,
  exceptions:
    'The drafts Firefox once wrote (a=simulcast: recv rid=1;2), and lists whose rids have no a=rid line: browsers drop those.',
  examples: {
    bad: [conversation('the extension was filtered out', a.offers(edit(anOffer(['video']), [/$/, LAYERS])))],
    good: [
      conversation('with the extension', a.offers(edit(anOffer(['video']), [/$/, `${EXTENSION}${LAYERS}`]))),
      conversation('a section without simulcast', a.offers(anOffer(['video']))),
    ],
  },
  check: ({ sdp, description }) => {
    const everywhere = sdp.extensions.some(isStreamId);
    const bare = rtpSections(sdp).filter(
      (section) =>
        negotiatesSimulcast(section) &&
        !(section.extensions.length > 0 ? section.extensions.some(isStreamId) : everywhere),
    );
    const [first] = bare;
    if (!first) return [];
    const message = `${namesOf(bare)} in ${whose(description)} ${bare.length > 1 ? 'negotiate' : 'negotiates'} simulcast without the header extension rtp-stream-id.`;
    const mid = effectiveMids(description)[first.index] ?? '';
    const chrome = chromeRefuses(
      description,
      `The media section with MID='${mid}' negotiates simulcast but does not negotiate the RID RTP header extension.`,
    );
    return [{ message, section: first, line: first.simulcast[0]?.line ?? first.line, refusedBy: { chrome } }];
  },
};

function isStreamId({ uri }: HeaderExtension): boolean {
  return uri === URI.streamId;
}
