import { visible } from '../../sdp/printable.ts';
import type { MSection } from '../../sdp/sdp.ts';
import { chromeParse } from '../browser.ts';
import { a, anOffer, conversation, edit, editSection } from '../example.ts';
import { streamFaults } from '../libwebrtc-streams.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type DescriptionSubject, type Report, type Rule } from '../rule.ts';

const MSID = 'a=msid:stream-a track-a-0\r\n';

export const msidInvalid: Rule = {
  id: 'msid-invalid',
  severity: 'error',
  scope: 'description',
  title: 'a=msid is unreadable or does not name one track for one section',
  cites: [cite('RFC 8830', '2'), cite('RFC 8830', '3')],
  explain:
    'a=msid names the stream and the track of a section. A section has one track, in one or more streams, and no two sections share both ids. Chrome refuses the description otherwise; Firefox does not mind and may show the wrong track.',
  fix: 'Write a=msid:<stream> <track>, the same track in all lines of a section and a different one in each section. A repeated msid usually comes from copying a section.',
  exceptions: 'Several streams of one track, - for no stream, and a=msid without a track id.',
  examples: {
    bad: [
      conversation('the value is missing', a.offers(edit(anOffer(), [MSID, 'a=msid:\r\n']))),
      conversation('two tracks in one section', a.offers(edit(anOffer(), [MSID, `${MSID}a=msid:stream-a other\r\n`]))),
      conversation('the same line twice', a.offers(edit(anOffer(), [MSID, `${MSID}${MSID}`]))),
      conversation('three ids', a.offers(edit(anOffer(), [MSID, 'a=msid:stream-a track-a-0 more\r\n']))),
      conversation(
        'two sections with the same ids',
        a.offers(editSection(anOffer(['audio', 'video']), '1', ['track-a-1', 'track-a-0'])),
      ),
    ],
    good: [
      conversation('one track in two streams', a.offers(edit(anOffer(), [MSID, `${MSID}a=msid:other track-a-0\r\n`]))),
      conversation('no stream', a.offers(edit(anOffer(), [MSID, 'a=msid:- track-a-0\r\n']))),
      conversation('no track id', a.offers(edit(anOffer(), [MSID, 'a=msid:stream-a\r\n']))),
    ],
  },
  check: (subject) => [...malformed(subject), ...repeatedLines(subject), ...repeatedSections(subject)],
};

function malformed({ sdp, description }: DescriptionSubject): Report[] {
  return sdp.media.flatMap((section) =>
    streamFaults(sdp, section).flatMap(({ attribute, line, text, flaw, chrome }) => {
      if (attribute !== 'msid') return [];
      const message = `'${visible(text, 60)}' of ${nameOf(section)} in ${whose(description)} ${visible(flaw, 100)}.`;
      return [{ message, section, line, refusedBy: chrome === undefined ? {} : { chrome } }];
    }),
  );
}

/** The same line once more says nothing new; browsers take it. */
function repeatedLines({ live, description }: DescriptionSubject): Report[] {
  return live.flatMap((section) => {
    const seen = new Set<string>();
    const again = section.msids.find(({ stream, track }) => {
      const key = `${stream} ${track}`;
      if (seen.has(key)) return true;
      seen.add(key);
      return false;
    });
    if (!again) return [];
    const message = `${nameOf(section)} in ${whose(description)} repeats the line a=msid:${visible(`${again.stream} ${again.track ?? ''}`.trimEnd(), 50)}.`;
    return [{ message, severity: 'warning', section, line: again.line }];
  });
}

/** Two sections with the same stream and track: reported once, for the first pair. */
function repeatedSections({ live, description }: DescriptionSubject): Report[] {
  const owners = new Map<string, MSection>();
  for (const section of live) {
    const msid = section.msids.find(({ track }) => track !== undefined);
    if (!msid) continue;
    const key = `${msid.stream} ${msid.track}`;
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, section);
    else {
      const message = `${nameOf(section)} in ${whose(description)} has the stream and track ids of ${nameOf(owner)}: '${visible(key, 50)}'.`;
      const chrome = chromeParse('', 'Duplicate a=msid lines detected');
      return [{ message, section, line: msid.line, refusedBy: { chrome } }];
    }
  }
  return [];
}
