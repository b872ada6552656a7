/** What mutators are made of: edits of lines and sections whose place is chosen at random. */
import type { Random } from '../../helpers/seeded.ts';

/** A changed text, or undefined where there is nothing to change. */
export type Mutate = (sdp: string, random: Random) => string | undefined;

type Edit = (line: string, random: Random) => string | undefined;

export const EOL = '\r\n';
export const linesOf = (sdp: string): string[] => sdp.split(EOL).slice(0, -1);
export const textOf = (lines: readonly string[]): string => lines.map((line) => line + EOL).join('');
export const chosen = <T>(random: Random, from: readonly T[]): T | undefined => from[random(from.length)];

/** Changes one line that matches; undefined removes it, a text with line ends inserts more. */
export function onLine(match: RegExp, edit: Edit): Mutate {
  return (sdp, random) => {
    const lines = linesOf(sdp);
    const at = chosen(
      random,
      lines.flatMap((line, i) => (match.test(line) ? [i] : [])),
    );
    if (at === undefined) return undefined;
    const edited = edit(lines[at] as string, random);
    lines.splice(at, 1, ...(edited === undefined ? [] : edited.split(EOL)));
    return textOf(lines);
  };
}

export const remove = (match: RegExp): Mutate => onLine(match, () => undefined);
export function removeAll(match: RegExp): Mutate {
  return (sdp) => {
    const lines = linesOf(sdp);
    const kept = lines.filter((line) => !match.test(line));
    return kept.length < lines.length ? textOf(kept) : undefined;
  };
}
export const replace = (match: RegExp, by: string): Mutate => onLine(match, (line) => line.replace(match, by));
export const after = (match: RegExp, ...more: string[]): Mutate => onLine(match, (line) => [line, ...more].join(EOL));
export const twice = (match: RegExp): Mutate => onLine(match, (line) => line + EOL + line);
export const whole =
  (edit: (sdp: string) => string): Mutate =>
  (sdp) =>
    edit(sdp);

/** The session part and the sections, to be rearranged. */
export function onSections(edit: (sections: string[], random: Random) => readonly string[] | undefined): Mutate {
  return (sdp, random) => {
    const [session = '', ...sections] = sdp.split(/^(?=m=)/m);
    const edited = edit(sections, random);
    return edited && session + edited.join('');
  };
}

/** One section by itself. */
export function onSection(match: RegExp, edit: Mutate): Mutate {
  return onSections((sections, random) => {
    const fit = sections.flatMap((section, i) => (match.test(section) ? [i] : []));
    const at = chosen(random, fit);
    const edited = at === undefined ? undefined : edit(sections[at] as string, random);
    return edited === undefined ? undefined : sections.map((section, i) => (i === at ? edited : section));
  });
}

export const RTP = /^m=(?:audio|video)/;
export const ANY = /^m=/;
export const DATA = /^m=application/;
export const otherTypes = (line: string): string[] => line.split(' ').slice(3);
