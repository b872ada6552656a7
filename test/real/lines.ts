/** What a live session prints with `--json`, line by line, as it comes. */
import type { Running } from './process.ts';

/** An event, a negotiation or a finding; see the JSON contract. */
export interface Line {
  readonly kind: string;
  readonly seq?: number;
  readonly from?: string;
  readonly [member: string]: unknown;
}

export interface Lines {
  /** Grows. */
  readonly all: readonly Line[];
  /** The first line that matches, counted from the `after`th. */
  until(what: string, match: (line: Line) => boolean, after?: number): Promise<Line>;
}

const PATIENCE_MS = 60_000;

export function linesOf(running: Running): Lines {
  const all: Line[] = [];
  const looks = new Set<() => void>();
  let rest = '';
  running.child.stdout.on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    all.push(...parts.map((part) => JSON.parse(part) as Line));
    for (const look of [...looks]) look();
  });
  return {
    all,
    until(what, match, after = 0) {
      return new Promise((resolve, reject) => {
        const done = (settle: () => void): void => {
          clearTimeout(timer);
          looks.delete(look);
          settle();
        };
        const look = (): void => {
          const found = all.slice(after).find(match);
          if (found) done(() => resolve(found));
        };
        const fail = (): void => reject(new Error(`${what} did not come:\n${digest(all)}\n${running.stderr()}`));
        const timer = setTimeout(() => done(fail), PATIENCE_MS);
        looks.add(look);
        look();
      });
    },
  };
}

/** A short word for each line, for messages of failed tests. */
export function digest(lines: readonly Line[]): string {
  const without = new Set(['schema', 'raw', 'signals', 'changes', 'agreement', 't', 'from', 'to', 'pc', 'protocol']);
  return lines
    .map((line) => {
      const signals = (line.signals as { type: string }[] | undefined)?.map(({ type }) => type) ?? [];
      const rest = Object.entries(line).filter(([name]) => !without.has(name));
      return `${line.from}>${line.to} ${signals.join()} ${JSON.stringify(Object.fromEntries(rest)).slice(0, 200)}`;
    })
    .join('\n');
}

export const isState =
  (of: string, value: string | RegExp) =>
  (line: Line): boolean =>
    line.kind === 'state' &&
    line.of === of &&
    (typeof value === 'string' ? line.value === value : value.test(String(line.value)));

/** A message that carries such a signal, of that sender. */
export const carries =
  (type: string, from: string) =>
  (line: Line): boolean =>
    line.kind === 'message' && line.from === from && signalsOf(line).some((signal) => signal.type === type);

export const signalsOf = (line: Line): readonly { readonly type: string; readonly sdp?: string }[] =>
  (line.signals as { type: string; sdp?: string }[] | undefined) ?? [];

export const ufragOf = (line: Line): string | undefined =>
  /a=ice-ufrag:(\S+)/.exec(signalsOf(line).find(({ sdp }) => sdp !== undefined)?.sdp ?? '')?.[1];

export const isLink =
  (change: string) =>
  (line: Line): boolean =>
    line.kind === 'link' && line.change === change;

/** `renego attach` watches: nothing that begins in the browser goes by unseen. */
export const isBrowser = (line: Line): boolean => isLink('open')(line) && line.link === 'browser';
