/** What has no class of its own: o=, unknown and repeated lines (shown), and text without meaning (shown on request). */
import type { Change } from '../change.ts';
import { visible } from '../printable.ts';
import type { MSection, Sdp, SdpLine } from '../sdp.ts';
import type { DiffContext, Draft } from './context.ts';
import { multisetDifference, sectionChange, sessionChange } from './context.ts';
import { sectionResidue, sessionResidue } from './residue.ts';
import { countWords, list } from './words.ts';

/** Class format, as far as it may matter: another session id, lines nobody else looks at. */
export function diffFormat(context: DiffContext): Change[] {
  const session = linesDraft(sessionResidue(context.before).visible, sessionResidue(context.after).visible);
  return [
    ...originChange(context),
    ...session.map(({ path, draft }) => sessionChange(context, path, draft)),
    ...context.live.flatMap((pair) => {
      if (pair.sameText) return [];
      const source = pair.beforeIsCommitted ? context.committed : context.before;
      const drafts = linesDraft(
        sectionResidue(source, pair.before).visible,
        sectionResidue(context.after, pair.after).visible,
      );
      // What an answer leaves out, its offer may have left out (rules C.1).
      const told = drafts.filter(({ draft }) => !pair.fromAnswer || draft.linesBefore.length > 0);
      return told.map(({ path, draft }) => sectionChange(context, pair, path, draft));
    }),
  ];
}

function originChange(context: DiffContext): Change[] {
  const before = context.committed.origin;
  const after = context.after.origin;
  if (before?.sessionId === after?.sessionId) return [];
  const shown = (id: string | undefined) => visible(id ?? 'none', 24);
  const draft = {
    class: 'format' as const,
    before: before?.sessionId ?? null,
    after: after?.sessionId ?? null,
    sentence: `Session id in o=: ${shown(before?.sessionId)} → ${shown(after?.sessionId)}.`,
    linesBefore: [before?.line],
    linesAfter: [after?.line],
    inCommitted: true,
  };
  return [sessionChange(context, 'origin', draft)];
}

/** Lines by name: `a=crypto`, `t=`; one change per name, lines as a multiset. */
function linesDraft(before: readonly SdpLine[], after: readonly SdpLine[]): { path: string; draft: Draft }[] {
  const removed = byName(multisetDifference(before, after, (line) => line.text));
  const added = byName(multisetDifference(after, before, (line) => line.text));
  return [...new Set([...removed.keys(), ...added.keys()])].map((name) => {
    const gone = removed.get(name) ?? [];
    const fresh = added.get(name) ?? [];
    const texts = (lines: readonly SdpLine[]) => lines.map((line) => line.text).sort();
    const draft = {
      class: 'format' as const,
      before: texts(gone),
      after: texts(fresh),
      sentence: lineSentence(gone, fresh),
      linesBefore: gone.map((line) => line.number),
      linesAfter: fresh.map((line) => line.number),
    };
    return { path: `lines.${visible(name, 40)}`, draft };
  });
}

function byName(lines: readonly SdpLine[]): Map<string, SdpLine[]> {
  const found = new Map<string, SdpLine[]>();
  for (const line of lines) {
    const name = /^(?:a=[^:\s]*|.=)/.exec(line.text)?.[0] ?? '';
    const same = found.get(name);
    if (same === undefined) found.set(name, [line]);
    else same.push(line);
  }
  return found;
}

function lineSentence(gone: readonly SdpLine[], fresh: readonly SdpLine[]): string {
  const shown = (lines: readonly SdpLine[]) => list(countWords(lines.map((line) => line.text)), 3);
  const many = (lines: readonly SdpLine[]) => (lines.length > 1 ? 'lines' : 'line');
  if (gone.length === 0) return `adds the ${many(fresh)} ${shown(fresh)}.`;
  if (fresh.length === 0) return `drops the ${many(gone)} ${shown(gone)}.`;
  return `changes the ${many([...gone, ...fresh].slice(1))} ${shown(gone)} → ${shown(fresh)}.`;
}

/** One change for all text without meaning, or none. */
export function diffNoise(context: DiffContext): Change[] {
  const { before, after } = context;
  const notes = [...sessionNotes(before, after), ...sectionNotes(context)];
  if (notes.length === 0 && before.text === after.text) return [];
  const words = notes.length === 0 ? ['order or spelling of lines'] : notes.map((note) => note.words);
  const draft = {
    class: 'format' as const,
    before: notes.map((note) => note.before),
    after: notes.map((note) => note.after),
    sentence: `Without meaning: ${list(words, 8)}.`,
    linesBefore: [],
    linesAfter: [],
  };
  return [sessionChange(context, 'text', draft)];
}

interface Note {
  readonly words: string;
  readonly before: string;
  readonly after: string;
}

function sessionNotes(before: Sdp, after: Sdp): Note[] {
  const notes: Note[] = [];
  const note = (what: string, left: string | undefined, right: string | undefined) => {
    if (left === right) return;
    notes.push({
      words: `${what} ${visible(left ?? 'none', 30)} → ${visible(right ?? 'none', 30)}`,
      before: left ?? '',
      after: right ?? '',
    });
  };
  note('o= version', before.origin?.sessionVersion, after.origin?.sessionVersion);
  note('o= address', before.origin?.address, after.origin?.address);
  note('o= user', before.origin?.username, after.origin?.username);
  note('s=', before.sessionName, after.sessionName);
  const texts = (sdp: Sdp) =>
    sessionResidue(sdp)
      .noise.map((line) => line.text)
      .join(' ');
  if (texts(before) !== texts(after))
    notes.push({ words: 'msid-semantic', before: texts(before), after: texts(after) });
  const orders = (sdp: Sdp) => sdp.groups.map((group) => group.mids.slice(1).join(' ')).join('; ');
  if (orders(before) !== orders(after))
    notes.push({ words: 'order of mids in a group', before: orders(before), after: orders(after) });
  return notes;
}

/** Default addresses (`m=` port, `c=`, `a=rtcp`), which gathering fills in, and the order of lines; each said once. */
function sectionNotes(context: DiffContext): Note[] {
  const address = (section: MSection) => `${section.port} ${section.connection?.address ?? ''}`;
  const texts = (sdp: Sdp, section: MSection) =>
    sdp.lines.slice(section.line, section.lastLine).map((line) => line.text);
  const moved = context.pairs.filter((pair) => address(pair.committed) !== address(pair.after));
  const shuffled = context.live.filter((pair) => {
    const left = texts(pair.beforeIsCommitted ? context.committed : context.before, pair.before);
    const right = texts(context.after, pair.after);
    return left.join('\n') !== right.join('\n') && [...left].sort().join('\n') === [...right].sort().join('\n');
  });
  const names = (pairs: typeof moved) =>
    list(
      pairs.map((pair) => `m-line ${pair.after.index}`),
      4,
    );
  const notes: Note[] = [];
  if (moved.length > 0) {
    const joined = (side: 'committed' | 'after') => moved.map((pair) => address(pair[side])).join('; ');
    notes.push({ words: `default address in ${names(moved)}`, before: joined('committed'), after: joined('after') });
  }
  if (shuffled.length > 0) notes.push({ words: `order of lines in ${names(shuffled)}`, before: '', after: '' });
  return notes;
}
