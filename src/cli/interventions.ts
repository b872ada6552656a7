/** `--on <which> --delay 2s --drop …` as rules for a proxy. */
import { readFileSync } from 'node:fs';
import { RenegoError } from '../core/errors.ts';
import type { Saved } from '../core/filter.ts';
import { parseMatcher } from '../core/matcher.ts';
import { editable, edited, parseSubstitution } from '../sources/proxy/editing.ts';
import type { Intervention } from '../sources/proxy/intervention.ts';
import type { Ordered } from './command.ts';
import { parseDuration } from './duration.ts';

interface Draft {
  readonly which: string;
  readonly words: string[];
  does: Partial<Intervention>;
}

/** Throws RenegoError `usage` for what is no rule, naming the part. */
export function parseInterventions(options: readonly Ordered[], saved: Saved): readonly Intervention[] {
  const drafts: Draft[] = [];
  for (const { name, value } of options) {
    if (name === 'on') drafts.push({ which: String(value), words: [`--on '${value}'`], does: {} });
    else if (name === 'hold' && value !== true) {
      drafts.push({ which: value, words: [`--hold '${value}'`], does: { hold: true } });
    } else add(drafts.at(-1), name, value);
  }
  return drafts.map(({ which, words, does }) => {
    if (Object.keys(does).length === 0) {
      const hint = 'Follow it with --hold, --drop, --duplicate, --delay, --reorder or --edit.';
      throw new RenegoError('usage', 'RULE_EMPTY', `--on '${which}' does not say what to do`, hint);
    }
    return { ...does, match: parseMatcher(which, saved), text: words.join(' ') };
  });
}

function add(rule: Draft | undefined, name: string, value: string | true): void {
  if (rule === undefined || !rule.words[0]?.startsWith('--on')) {
    const hint = name === 'hold' ? "Write --hold 'offer', or --on 'offer' --hold." : `Write --on 'offer' --${name} …`;
    throw new RenegoError('usage', 'RULE_WHICH', `--${name} does not say which messages are meant`, hint);
  }
  rule.words.push(value === true ? `--${name}` : `--${name} ${value}`);
  rule.does = { ...rule.does, ...doing(name, value === true ? '' : value) };
}

function doing(name: string, value: string): Partial<Intervention> {
  switch (name) {
    case 'hold':
      return { hold: true };
    case 'drop':
      return { drop: true };
    case 'duplicate':
      return { duplicate: true };
    case 'delay':
      return { delay: parseDuration(value, '--delay') };
    case 'reorder':
      return { delay: parseDuration(value, '--reorder'), alone: true };
    default:
      return { edit: parseEdit(value) };
  }
}

/** What is edited is the description or candidate in a message; the frame, where there is none. */
function parseEdit(script: string): NonNullable<Intervention['edit']> {
  const change = script.startsWith('@') ? replaceBy(script.slice(1)) : parseSubstitution(script);
  if (change === undefined) {
    const hint = "Write --edit 's/old/new/g' (a regular expression, line by line), or --edit @file.sdp.";
    throw new RenegoError('usage', 'EDIT_SYNTAX', `--edit: '${script}' is no change`, hint);
  }
  return (draft) => {
    const { text, as } = editable(draft);
    const next = change(text);
    return next === text ? undefined : edited(draft, next, as);
  };
}

function replaceBy(path: string): () => string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RenegoError('usage', 'EDIT_FILE', `--edit @${path}: ${why}`, 'Name a file that can be read.');
  }
  return () => text;
}
