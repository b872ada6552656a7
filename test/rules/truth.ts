/**
 * Judges the findings against what real browsers did with broken descriptions and candidates.
 * A row gives each browser its own copy: what was exchanged before (`context`), and what was then applied (`after`).
 */
import type { Finding, TranscriptLine } from '../../src/rules/rule.ts';
import { hear } from './conversation.ts';

type Browser = 'chromium' | 'firefox';
type Context = Readonly<Record<string, string | null>>;
type Init = {
  candidate: string;
  sdpMid?: string | null;
  sdpMLineIndex?: number | null;
  usernameFragment?: string | null;
};

/** One line of the file of broken cases; what was changed, in which context, and what browsers did. */
export interface BrokenRow {
  readonly case: string;
  readonly group: string;
  readonly variant: string;
  readonly kind: string;
  readonly op: string;
  readonly legal: boolean;
  readonly control?: boolean;
  /** `ok` or the exact error. */
  readonly chromium: string;
  readonly firefox: string;
  readonly chromium_outcome: string;
  readonly firefox_outcome: string;
  readonly after: string | Init | null;
  readonly context?: Context;
  readonly firefox_after?: string | Init | null;
  readonly firefox_context?: Context;
}

/**
 * What must be found. `refused`: an error that quotes the browser. `silent`: at least a warning, nothing in the browser
 * says so. `clean`: no error. `open`: accepted but not legal, anything goes. `unseen`: the wire does not show it.
 */
export type Expected = 'refused' | 'silent' | 'clean' | 'open' | 'unseen';

export interface Verdict {
  readonly row: number;
  readonly case: string;
  readonly group: string;
  readonly browser: Browser;
  readonly expected: Expected;
  /** The browser's sentence, for `refused`. */
  readonly sentence: string;
  readonly right: boolean;
  /** For `refused`: an error was found, whatever it quotes. */
  readonly noticed: boolean;
  /** The findings at the event of `after`. */
  readonly found: readonly Finding[];
}

export function judgeRows(rows: readonly BrokenRow[]): Verdict[] {
  return rows.flatMap((row, index) => [judge(row, index, 'chromium'), judge(row, index, 'firefox')]);
}

function judge(row: BrokenRow, index: number, browser: Browser): Verdict {
  const lines = conversationOf(row, browser);
  const expected = lines ? expectedOf(row, browser) : 'unseen';
  const found = lines ? hear(lines).findings.filter((finding) => finding.event === lines.length) : [];
  const sentence = row[browser];
  const errors = found.filter((finding) => finding.severity === 'error');
  const quotes = errors.some(
    (finding) => finding.refusedBy[browser === 'chromium' ? 'chrome' : 'firefox']?.trimEnd() === sentence,
  );
  const right = {
    refused: quotes,
    silent: found.some((finding) => finding.severity !== 'info'),
    clean: errors.length === 0,
    open: true,
    unseen: true,
  }[expected];
  return {
    row: index,
    case: row.case,
    group: row.group,
    browser,
    expected,
    sentence,
    right,
    noticed: errors.length > 0,
    found,
  };
}

function expectedOf(row: BrokenRow, browser: Browser): Expected {
  const outcome = browser === 'chromium' ? row.chromium_outcome : row.firefox_outcome;
  if (outcome === 'rejected') return 'refused';
  // What the other browser refuses deserves an error, legal or not.
  if (row.legal || row.control) return refusedByOne(row) ? 'open' : 'clean';
  if (looksHealthy(row)) return 'open';
  return outcome === 'accepted-broken' || outcome === 'accepted-media-missing' ? 'silent' : 'open';
}

/** A side that edits its own description may end up with a perfectly ordinary one: nobody else can tell. */
function looksHealthy({ kind, variant }: BrokenRow): boolean {
  return kind.startsWith('local-') && variant.includes('direction');
}

function refusedByOne(row: BrokenRow): boolean {
  return row.chromium_outcome === 'rejected' || row.firefox_outcome === 'rejected';
}

/**
 * The messages an observer would have seen, the changed one last; undefined if it never travelled: calls that are no
 * message, local descriptions that the browser refused to set, and verdicts that depend on messages the row does not hold.
 */
export function conversationOf(row: BrokenRow, browser: Browser): TranscriptLine[] | undefined {
  const own = browser === 'firefox' && row.firefox_after !== undefined;
  const after = own ? row.firefox_after : row.after;
  const context = (own ? row.firefox_context : row.context) ?? {};
  const outcome = browser === 'chromium' ? row.chromium_outcome : row.firefox_outcome;
  const before = Object.entries(context).map(([name, sdp]) => described(name, sdp ?? ''));
  if (outcome === 'n/a') return undefined;
  if (row.kind === 'cand') {
    if (typeof after !== 'object' || after === null) return undefined;
    return [...before, { from: 'remote', to: 'local', candidate: after }];
  }
  const [, call = '', type = ''] = /^set(Local|Remote)Description\((\w+)\)$/.exec(row.op) ?? [];
  if (type === '' || type === 'rollback' || needsMore(row)) return undefined;
  if (call === 'Local' && (row[browser] !== 'ok' || row.kind === 'custom')) return undefined;
  // WebIDL makes the text `null` of null; a missing member arrives as an empty text.
  const sdp = typeof after === 'string' ? after : /\bnull\b/.test(row.variant) ? 'null' : '';
  return [...before, line(call === 'Local' ? 'local' : 'remote', type, sdp)];
}

/** Cases about the signaling state whose messages before are not in the row. */
function needsMore(row: BrokenRow): boolean {
  return row.kind === 'custom' && row.context === undefined && !/stable/.test(row.variant);
}

/** `firstRemoteOffer`, `localAnswer`, `remoteOfferAfterRestart`: the name says who sent what. */
function described(name: string, sdp: string): TranscriptLine {
  return line(/local/i.test(name) ? 'local' : 'remote', /answer/i.test(name) ? 'answer' : 'offer', sdp);
}

function line(from: string, type: string, sdp: string): TranscriptLine {
  const to = from === 'local' ? 'remote' : 'local';
  return { from, to, type: type as 'offer', sdp };
}

/** How many of the verdicts that expect this are right, 0 to 1. */
export function shareRight(verdicts: readonly Verdict[], expected: Expected): number {
  const asked = verdicts.filter((verdict) => verdict.expected === expected);
  return asked.length === 0 ? 1 : asked.filter((verdict) => verdict.right).length / asked.length;
}

/** A line per verdict, then the shares per group and per expectation. */
export function table(verdicts: readonly Verdict[], wrongOnly: boolean): string {
  const shown = wrongOnly ? verdicts.filter((verdict) => !verdict.right) : verdicts;
  const lines = shown.flatMap((v) => [
    `${v.right ? 'right' : v.noticed && v.expected === 'refused' ? 'words' : 'WRONG'} ${v.row} ${v.browser} ${v.case} — expected ${v.expected}`,
    ...(v.expected === 'refused' && !v.right ? [`      says  ${v.sentence.slice(0, 300)}`] : []),
    ...v.found.map((f) => `      found ${f.severity} ${f.rule}: ${f.message.slice(0, 160)}${quoteOf(f, v)}`),
  ]);
  const groups = [...new Set(verdicts.map((verdict) => verdict.group))];
  return [
    ...lines,
    '',
    ...groups.map((group) =>
      summary(
        group,
        verdicts.filter((v) => v.group === group),
      ),
    ),
    summary('all', verdicts),
  ].join('\n');
}

function quoteOf(finding: Finding, verdict: Verdict): string {
  const quote = finding.refusedBy[verdict.browser === 'chromium' ? 'chrome' : 'firefox'];
  return quote === undefined || verdict.right ? '' : `\n            quotes ${quote.slice(0, 300)}`;
}

function summary(name: string, verdicts: readonly Verdict[]): string {
  const parts = (['refused', 'silent', 'clean', 'open', 'unseen'] as const).flatMap((expected) => {
    const asked = verdicts.filter((v) => v.expected === expected);
    return asked.length === 0 ? [] : [`${expected} ${asked.filter((v) => v.right).length}/${asked.length}`];
  });
  return `${name.padEnd(22)} ${parts.join('  ')}`;
}
