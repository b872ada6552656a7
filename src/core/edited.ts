/** What somebody changed in a description between two moments, apart from what gathering candidates changes by itself. */

export interface Edit {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Lines that change while candidates are gathered: they, their end, and the addresses of the default one (RFC 9429 5.2.2). */
const GATHERED = /^(?:a=candidate:|a=end-of-candidates|a=rtcp:|c=)/;

/** Undefined if nothing was changed. Lines that only moved, and parameters that did, count as nothing. Linear. */
export function editOf(before: string, after: string): Edit | undefined {
  if (before === after) return undefined;
  const left = new Map<string, string[]>();
  for (const line of linesOf(before)) {
    const key = keyOf(line);
    const same = left.get(key);
    if (same === undefined) left.set(key, [line]);
    else same.push(line);
  }
  const added = linesOf(after).filter((line) => left.get(keyOf(line))?.pop() === undefined);
  const removed = [...left.values()].flat();
  return removed.length + added.length === 0 ? undefined : { removed, added };
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/).filter((line) => line !== '' && !GATHERED.test(line));
}

/** What is the same for all lines that mean the same: browsers sort parameters, and put the port of a candidate in. */
function keyOf(line: string): string {
  const [, head, parameters] = /^(a=fmtp:\S+ )(.*)$/.exec(line) ?? [];
  if (head === undefined || parameters === undefined) return line.replace(/^(m=\S+ )[1-9]\d*/, '$1…');
  const sorted = parameters
    .split(';')
    .map((one) => one.trim())
    .sort();
  return head + sorted.join(';');
}

/** How many lines are named. */
const NAMED = 3;

/** `+b=AS:500 −a=sendrecv and 4 more`. Not made printable. */
export function editWords({ removed, added }: Edit): string {
  const all = [...removed.map((line) => `−${line}`), ...added.map((line) => `+${line}`)];
  const named = all.slice(0, NAMED).map((line) => (line.length > 60 ? `${line.slice(0, 60)}…` : line));
  return all.length > NAMED ? `${named.join(', ')} and ${all.length - NAMED} more` : named.join(', ');
}
