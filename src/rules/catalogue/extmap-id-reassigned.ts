import type { Description } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import type { HeaderExtension, MSection } from '../../sdp/sdp.ts';
import { listed } from '../codecs.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import {
  chromeReassignment,
  ENCRYPT,
  extensionScopes,
  extensionsOf,
  firefoxRemap,
  hasTwoMeanings,
  inUseForAnswer,
  rtpSections,
  URI,
} from '../header-extensions.ts';
import { nameOf, namesOf, whose } from '../naming.ts';
import { cite, type Refusal, type Report, type Rule, type SuccessionSubject } from '../rule.ts';

const before = [a.offers(anOffer(['audio', 'video'])), b.answers(anAnswer(['audio', 'video']))] as const;
const again = anOffer(['audio', 'video'], { version: 3 });

export const extmapIdReassigned: Rule = {
  id: 'extmap-id-reassigned',
  severity: 'error',
  scope: 'succession',
  title: 'a header extension id now means another extension',
  cites: [cite('RFC 8285', '5'), cite('RFC 8285', '6'), cite('RFC 9429', '5.2.2')],
  explain:
    'Within a session an id keeps its URI, whichever side negotiated it, because packets on the way still carry it. Chrome refuses an id that is in use for another URI on the same transport (since about version 140, in changing words), Firefox any id that was ever negotiated for another one.',
  fix: 'Keep the ids of earlier negotiations, your own and those of the other side; number new extensions with ids never used before.',
  exceptions:
    'Ids of offers that were rolled back or never answered do not count. Moving an extension to an unused id is accepted, with a warning.',
  examples: {
    bad: [
      conversation(
        'id 1 changes its meaning',
        ...before,
        a.offers(
          edit(again, [
            'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
            'a=extmap:1 urn:ietf:params:rtp-hdrext:toffset',
          ]),
        ),
      ),
      conversation(
        'an extension moves to another id',
        ...before,
        a.offers(again.replaceAll('a=extmap:3 ', 'a=extmap:9 ')),
      ),
    ],
    good: [
      conversation('the same ids again', ...before, a.offers(again)),
      conversation('an extension is gone', ...before, a.offers(edit(again, [/a=extmap:1 [^\r]*\r\n/, '']))),
      conversation(
        'a new id for a new extension',
        ...before,
        a.offers(edit(again, ['a=extmap:3 ', 'a=extmap:5 urn:ietf:params:rtp-hdrext:toffset\r\na=extmap:3 '])),
      ),
    ],
  },
  check: (subject) => {
    const refusedBy = refusalOf(subject);
    const remaps = remapsOf(subject);
    if (remaps.length > 0) return [reassigned(subject, remaps, refusedBy)];
    // An answer is compared with its offer (rule extmap-answer-mismatch).
    return subject.description.type === 'offer' ? moved(subject) : [];
  },
};

interface Remap {
  readonly section: MSection;
  readonly extension: HeaderExtension;
  /** What the id meant, and the event that brought it. */
  readonly uri: string;
  readonly since: number;
}

/** Ids that an answer has confirmed for another URI; what was only offered is free again. */
function remapsOf({ description, ledger }: SuccessionSubject): Remap[] {
  const { sdp } = description;
  return rtpSections(sdp).flatMap((section) => {
    const offered = offeredTo(description, section);
    return extensionsOf(sdp, section).flatMap((extension) => {
      const uri = ledger.answeredExtensions.get(extension.id);
      // Encrypted, it is the same extension.
      const inner = extension.uri === ENCRYPT ? extension.config : extension.uri;
      if (
        uri === undefined ||
        uri === inner ||
        uri === extension.uri ||
        offered.has(`${extension.id} ${extension.uri}`)
      )
        return [];
      return [{ section, extension, uri, since: ledger.extensions.get(extension.id)?.since ?? 0 }];
    });
  });
}

/** What an answer only repeats: the offer has been judged for it. */
function offeredTo({ type, round }: Description, { index }: MSection): ReadonlySet<string> {
  const offer = type === 'offer' ? undefined : round?.offer.sdp;
  const section = offer?.media[index];
  return new Set(offer && section ? extensionsOf(offer, section).map(({ id, uri }) => `${id} ${uri}`) : []);
}

function refusalOf({ description, ledger }: SuccessionSubject): Refusal {
  const offer = description.type === 'offer' ? undefined : description.round?.offer.sdp;
  const inUse = offer ? inUseForAnswer(offer, description.sdp, ledger) : ledger.extensionLists;
  const collides = extensionScopes(description.sdp).some((scope) =>
    hasTwoMeanings(scope.map((section) => extensionsOf(description.sdp, section))),
  );
  // A collision within the description is what Chrome sees first (rule extmap-collision-in-bundle).
  const chrome = collides ? undefined : chromeReassignment(description, inUse);
  const firefox = firefoxRemap(description.sdp, ledger);
  return { ...(chrome ? { chrome } : {}), ...(firefox ? { firefox } : {}) };
}

function reassigned({ description }: SuccessionSubject, remaps: readonly Remap[], refusedBy: Refusal): Report {
  const { section, extension, since } = remaps[0] as Remap;
  const which = listed(
    remaps.map(({ extension: { id, uri }, uri: old }) => `${id} was ${short(old)}, is ${short(uri)}`),
  );
  const who = [refusedBy.chrome ? 'Chrome' : '', refusedBy.firefox ? 'Firefox' : ''].filter((name) => name !== '');
  const verdict =
    who.length > 0 ? `${who.join(' and ')} ${who.length > 1 ? 'refuse' : 'refuses'} that` : 'Browsers accept that';
  return {
    message: `${whose(description)} gives header extension ids of ${namesOf([...new Set(remaps.map((remap) => remap.section))])} a new meaning: ${which}. ${verdict}.`,
    section,
    line: extension.line,
    ...(since > 0 ? { related: [since] } : {}),
    refusedBy,
  };
}

/** The telling end of a URI. */
function short(uri: string): string {
  return visible(uri.split(/[:/]/).at(-1) ?? uri, 40);
}

/** Extensions under a free id, while the old one is given up. */
function moved({ description, ledger }: SuccessionSubject): Report[] {
  const moves = rtpSections(description.sdp).flatMap((section) => {
    const own = extensionsOf(description.sdp, section);
    const old = ledger.extensionLists.get(section.mid?.value ?? '') ?? [];
    const ids = new Map(old.map(({ uri, id }) => [uri, id]));
    const kept = new Set(own.map(({ id, uri }) => `${id} ${uri}`));
    return own.flatMap((extension) => {
      const id = ids.get(extension.uri);
      const gone = id !== undefined && id !== extension.id && !kept.has(`${id} ${extension.uri}`);
      return gone ? [{ section, extension, id }] : [];
    });
  });
  const [first] = moves;
  if (!first) return [];
  const which = listed(moves.map(({ extension, id }) => `${short(extension.uri)} from ${id} to ${extension.id}`));
  const crash = moves.some(({ extension }) => extension.uri === URI.mid) ? '; moving sdes:mid has crashed Chrome' : '';
  const message = `${whose(description)} moves header extensions of ${nameOf(first.section)} to other ids: ${which}. Both browsers accept that, but packets on the way lose them${crash}.`;
  return [{ message, section: first.section, line: first.extension.line, severity: 'warning' }];
}
