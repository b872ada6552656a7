import { visible } from '../../sdp/printable.ts';
import type { HeaderExtension, MSection } from '../../sdp/sdp.ts';
import { chromeRefuses, firefoxRefuses } from '../browser.ts';
import { listed } from '../codecs.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { chromeDuplicate, extensionScopes, extensionsOf, meaningOf, URI } from '../header-extensions.ts';
import { effectiveMids } from '../mids.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type DescriptionSubject, type Refusal, type Report, type Rule } from '../rule.ts';

export const extmapCollisionInBundle: Rule = {
  id: 'extmap-collision-in-bundle',
  severity: 'error',
  scope: 'description',
  title: 'one header extension id for two URIs on one transport',
  cites: [cite('RFC 8285', '5'), cite('RFC 9143', '12')],
  explain:
    'Packets of a BUNDLE group carry only the id, so an id must mean one extension in all its sections, and an extension should have one id. Chrome refuses an id with two meanings; Firefox accepts it across sections and misreads headers, then refuses the next description. One URI under two ids is accepted, but headers get lost, and moving sdes:mid has crashed Chrome.',
  fix: 'Allocate ids for the whole BUNDLE group, not for each section.',
  exceptions:
    'Rejected sections and other groups do not count, nor does the encrypted form (RFC 6904) of an extension.',
  examples: {
    bad: [
      conversation(
        'ids counted for each section',
        a.offers(edit(anOffer(['audio', 'video']), ['a=extmap:3 ', 'a=extmap:1 '])),
      ),
      conversation('twice in one section', a.offers(edit(anOffer(), ['a=extmap:1 ', 'a=extmap:4 ']))),
      conversation(
        'sdes:mid under two ids',
        a.offers(edit(anOffer(), ['a=extmap:4 ', 'a=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=extmap:4 '])),
      ),
    ],
    good: [
      conversation('the same ids in all sections', a.offers(anOffer(['audio', 'video']))),
      conversation(
        'sections without a group may number anew',
        a.offers(edit(anOffer(['audio', 'video']), ['a=extmap:3 ', 'a=extmap:1 '], [/a=group[^\r]*\r\n/, ''])),
      ),
    ],
  },
  check: (subject) => extensionScopes(subject.sdp).flatMap((scope) => judge(subject, scope)),
};

interface Use {
  readonly extension: HeaderExtension;
  readonly section: MSection;
}

interface Clash {
  readonly was: Use;
  readonly now: Use;
}

function judge(subject: DescriptionSubject, scope: readonly MSection[]): Report[] {
  const byId = new Map<string, Use>();
  const byMeaning = new Map<string, Use>();
  const reused: Clash[] = [];
  const doubled: Clash[] = [];
  const repeated: Clash[] = [];
  for (const section of scope) {
    const own = new Map<string, HeaderExtension>();
    for (const extension of extensionsOf(subject.sdp, section)) {
      const now = { extension, section };
      const meaning = meaningOf(extension);
      const known = byId.get(extension.id);
      const twin = byMeaning.get(meaning);
      if (known && meaningOf(known.extension) !== meaning) reused.push({ was: known, now });
      else if (own.has(extension.id))
        repeated.push({ was: { section, extension: own.get(extension.id) ?? extension }, now });
      else if (twin && twin.extension.id !== extension.id) doubled.push({ was: twin, now });
      own.set(extension.id, extension);
      if (!known) byId.set(extension.id, now);
      if (!twin) byMeaning.set(meaning, now);
    }
  }
  if (reused.length > 0) return [collision(subject, scope, reused)];
  const [same] = repeated;
  if (same) return [written(subject, same)];
  // An answer copies its offer or is judged against it (rule extmap-answer-mismatch).
  return doubled.length > 0 && subject.type === 'offer' ? [twice(subject, doubled)] : [];
}

function collision(subject: DescriptionSubject, scope: readonly MSection[], clashes: readonly Clash[]): Report {
  const { was, now } = clashes[0] as Clash;
  const same = was.section === now.section;
  const where = same ? nameOf(now.section) : `${nameOf(was.section)} and ${nameOf(now.section)}`;
  const what = `id ${visible(now.extension.id, 10)} means ${visible(was.extension.uri, 80)} and ${visible(now.extension.uri, 80)}`;
  const more = clashes.length > 1 ? ` (and ${clashes.length - 1} more)` : '';
  return {
    message: `In ${whose(subject.description)}, header extension ${what} in ${where}${more}. Chrome refuses it${same ? ' and so does Firefox' : ', Firefox misreads headers'}.`,
    section: now.section,
    line: now.extension.line,
    refusedBy: { ...chromeOn(subject, scope, clashes), ...firefoxOn(subject, scope) },
  };
}

function chromeOn(
  { sdp, description }: DescriptionSubject,
  scope: readonly MSection[],
  clashes: readonly Clash[],
): Refusal {
  const { now } = clashes[0] as Clash;
  const mid = now.section.mid?.value;
  const grouped = sdp.groups.some(
    (group) => group.semantics === 'BUNDLE' && mid !== undefined && group.mids.includes(mid),
  );
  if (!grouped) {
    const chrome = chromeDuplicate(description, now.section, effectiveMids(description)[now.section.index] ?? '');
    return scope.length === 1 && chrome ? { chrome } : {};
  }
  const reason = `A BUNDLE group contains a codec collision for header extension id=${now.extension.id}. The id must be the same across all bundled media descriptions`;
  return { chrome: chromeRefuses(description, reason) };
}

/** The same extension twice: only Firefox minds. */
function written(subject: DescriptionSubject, clash: Clash): Report {
  const { section, extension } = clash.now;
  const message = `${nameOf(section)} in ${whose(subject.description)} has two lines for header extension id ${visible(extension.id, 10)}, ${visible(extension.uri, 80)}: Firefox refuses that, Chrome does not.`;
  return { message, section, line: extension.line, refusedBy: firefoxOn(subject, [section]) };
}

/** Firefox compares within a section only. */
function firefoxOn({ sdp }: DescriptionSubject, scope: readonly MSection[]): Refusal {
  for (const section of scope) {
    const ids = extensionsOf(sdp, section).map(({ id }) => id);
    const again = ids.find((id, place) => ids.indexOf(id) < place);
    if (again === undefined) continue;
    const reason = `Description contains duplicate extension id ${again} on level ${section.index}`;
    return { firefox: firefoxRefuses(reason, 'OperationError') };
  }
  return {};
}

function twice({ description }: DescriptionSubject, clashes: readonly Clash[]): Report {
  const { now } = (clashes.find(({ was }) => was.extension.uri === URI.mid) ?? clashes[0]) as Clash;
  const which = listed(
    clashes.map(({ was, now: { extension } }) => `${was.extension.id} and ${extension.id} (${extension.uri})`),
  );
  const message = `${whose(description)} gives header extensions of one transport two ids: ${which}. Both browsers accept it, but headers may get lost.`;
  return { message, section: now.section, line: now.extension.line, severity: 'warning' };
}
