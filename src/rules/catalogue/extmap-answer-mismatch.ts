import { visible } from '../../sdp/printable.ts';
import type { Direction, HeaderExtension, Sdp } from '../../sdp/sdp.ts';
import { writerOf } from '../../sdp/writer.ts';
import { firefoxRefuses } from '../browser.ts';
import { listed } from '../codecs.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { chromeReassignment, extensionsOf, inUseForAnswer } from '../header-extensions.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type PairSubject, type Refusal, type Report, type Rule } from '../rule.ts';
import type { SectionPair } from '../subjects.ts';

const offered = a.offers(anOffer());

export const extmapAnswerMismatch: Rule = {
  id: 'extmap-answer-mismatch',
  severity: 'error',
  scope: 'pair',
  title: 'the answer numbers header extensions differently',
  cites: [cite('RFC 8285', '6'), cite('RFC 8285', '7'), cite('RFC 9429', '5.11')],
  explain:
    'An answer keeps the ids of the offer and may only leave extensions out. Firefox refuses another id and extensions it did not offer. Chrome accepts both as long as no id in use gets another URI, and then misreads packet headers.',
  fix: 'Copy id and URI from the offer for each extension you support, and leave out the others.',
  exceptions:
    'Ids from 4096 on in an offer are placeholders the answer has to replace. Leaving out or stopping (/inactive) an extension is fine.',
  examples: {
    bad: [
      conversation('fixed ids of a server', offered, b.answers(edit(anAnswer(), ['a=extmap:4 ', 'a=extmap:9 ']))),
      conversation(
        'an extension nobody offered',
        offered,
        b.answers(edit(anAnswer(), ['a=extmap:4 ', 'a=extmap:7 urn:ietf:params:rtp-hdrext:toffset\r\na=extmap:4 '])),
      ),
      conversation(
        'an id of the offer for something else',
        offered,
        b.answers(edit(anAnswer(), ['ssrc-audio-level', 'toffset'])),
      ),
    ],
    good: [
      conversation('one extension is left out', offered, b.answers(edit(anAnswer(), [/a=extmap:1 [^\r]*\r\n/, '']))),
      conversation(
        'a direction is added',
        offered,
        b.answers(edit(anAnswer(), ['a=extmap:1 ', 'a=extmap:1/recvonly '])),
      ),
    ],
  },
  check: (subject) => {
    const found = subject.accepted.flatMap((pair) => compare(subject, pair));
    if (found.length === 0) return [];
    const refusal = refusalOf(subject);
    return found.map(({ report, firefox }, i) => ({
      ...report,
      refusedBy: {
        ...(i === 0 ? refusal : {}),
        ...(firefox === undefined ? {} : { firefox: firefoxRefuses(firefox) }),
      },
    }));
  },
};

interface Found {
  readonly report: Report;
  readonly firefox: string | undefined;
}

function compare(subject: PairSubject, { offered, answered }: SectionPair): Found[] {
  const wanted = extensionsOf(subject.offer.sdp, offered);
  const got = extensionsOf(subject.answer.sdp, answered).filter(
    (extension) => isUsable(extension) && !remaps(subject, extension),
  );
  const byUri = group(wanted);
  const changed = got.filter(({ id, uri }) => {
    const ids = byUri.get(uri);
    return ids !== undefined && !ids.some((known) => known.id === id || Number(known.id) >= 4096);
  });
  const added = got.filter(({ uri }) => !byUri.has(uri));
  const turned = got.filter(({ uri, direction }) =>
    byUri.get(uri)?.every((known) => !reverses(known.direction, direction)),
  );
  const who = whose(subject.answer);
  const where = nameOf(answered);
  const report = (first: HeaderExtension, message: string, severity?: 'warning' | 'info'): Report => ({
    message,
    section: answered,
    line: first.line,
    ...(severity ? { severity } : {}),
  });
  const level = answered.index;
  const found: Found[] = [];
  const [moved] = changed;
  if (moved) {
    const was = byUri.get(moved.uri)?.[0]?.id ?? '';
    const which = listed(changed.map(({ id, uri }) => `${uri} from ${byUri.get(uri)?.[0]?.id} to ${id}`));
    const firefox = `Answer changed id for extmap attribute at level ${level} (${moved.uri}) from ${was} to ${moved.id}.`;
    found.push({
      report: report(
        moved,
        `${who} changes ids of header extensions in ${where}: ${which}. Firefox refuses that, Chrome accepts it and misreads headers.`,
      ),
      firefox,
    });
  }
  const [extra] = added;
  if (extra) {
    const firefox =
      wanted.length === 0
        ? `Answer adds extmap attributes to level ${level}`
        : `Answer has extmap ${extra.uri} at level ${level} that was not present in offer.`;
    const lenient = writerOf(subject.offer.sdp) === 'libwebrtc' && !takesOffered(subject, extra);
    const which = listed(added.map(({ id, uri }) => `${id} ${uri}`));
    const message = `${who} adds header extensions to ${where} that were not offered: ${which}. Firefox refuses that, Chrome ${lenient ? 'ignores them' : 'accepts it only for unused ids'}.`;
    found.push({
      report: report(extra, message, lenient ? 'warning' : undefined),
      firefox: moved ? undefined : firefox,
    });
  }
  const [odd] = turned;
  if (odd && found.length === 0)
    found.push({
      report: report(
        odd,
        `${who} gives ${visible(odd.uri, 80)} in ${where} the direction ${odd.direction ?? 'sendrecv'}, which does not fit the offer: both accept it and do not use it that way.`,
        'warning',
      ),
      firefox: undefined,
    });
  return found;
}

function group(extensions: readonly HeaderExtension[]): Map<string, HeaderExtension[]> {
  const groups = new Map<string, HeaderExtension[]>();
  for (const extension of extensions) {
    const known = groups.get(extension.uri);
    if (known === undefined) groups.set(extension.uri, [extension]);
    else known.push(extension);
  }
  return groups;
}

/** Other ids are refused for themselves (rule extmap-id-invalid). */
function isUsable({ id }: HeaderExtension): boolean {
  return Number(id) >= 1 && Number(id) <= 255;
}

/** The id had another meaning in the session before: rule extmap-id-reassigned. */
function remaps({ answer, ledger }: PairSubject, { id, uri }: HeaderExtension): boolean {
  const known = ledger.answeredExtensions.get(id);
  return answer.base !== undefined && known !== undefined && known !== uri;
}

/** The id of the added extension means something else in the offer. */
function takesOffered({ offer: { sdp } }: PairSubject, { id, uri }: HeaderExtension): boolean {
  return sdp.media.some((section) => extensionsOf(sdp, section).some((known) => known.id === id && known.uri !== uri));
}

const SENDS = new Set<Direction | undefined>([undefined, 'sendrecv', 'sendonly']);
const RECEIVES = new Set<Direction | undefined>([undefined, 'sendrecv', 'recvonly']);

/** Whether the answer asks for no more than the offer gives. Leaving the direction out is common and harmless. */
function reverses(offered: Direction | undefined, answered: Direction | undefined): boolean {
  if (answered === undefined) return true;
  if (SENDS.has(answered) && !RECEIVES.has(offered)) return false;
  return !(RECEIVES.has(answered) && !SENDS.has(offered));
}

function refusalOf({ offer, answer, ledger }: PairSubject): Refusal {
  const sdp: Sdp = offer.sdp;
  const chrome = chromeReassignment(answer, inUseForAnswer(sdp, answer.sdp, ledger));
  return chrome ? { chrome } : {};
}
