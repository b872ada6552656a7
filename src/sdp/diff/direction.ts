/** Direction of media sections, as what the side begins or stops to do; all sections at once is a hold (RFC 3264 8.4). */
import type { Change } from '../change.ts';
import { visible } from '../printable.ts';
import type { Direction } from '../sdp.ts';
import type { DiffContext, SectionPair } from './context.ts';
import { isRtp, sectionChange, sessionChange } from './context.ts';

/** Class direction. A call put on hold or resumed is one change, told before those of its sections. */
export function diffDirection(context: DiffContext): Change[] {
  const rtp = context.live.filter((pair) => isRtp(pair.after));
  const changed = rtp.filter(
    (pair) => pair.before.direction !== pair.after.direction && !(pair.fromAnswer && widened(pair)),
  );
  const changes = changed.map((pair) => directionChange(context, pair));
  const hold = holdSentence(rtp, changed);
  if (hold === undefined) return changes;
  const lines = (side: 'before' | 'after') => changes.flatMap((change) => change.lines[side]);
  const whole = sessionChange(context, 'direction', {
    class: 'direction',
    before: directions(changed, 'before'),
    after: directions(changed, 'after'),
    sentence: hold,
    linesBefore: lines('before'),
    linesAfter: lines('after'),
  });
  return [whole, ...changes];
}

/** The offer after an answer may do more than the answer did: an answer cannot exceed its offer (rules C.1). */
function widened(pair: SectionPair): boolean {
  return (
    (!sends(pair.before.direction) || sends(pair.after.direction)) &&
    (!receives(pair.before.direction) || receives(pair.after.direction))
  );
}

function directionChange(context: DiffContext, pair: SectionPair): Change {
  const before = pair.before.direction;
  const after = pair.after.direction;
  const draft = { class: 'direction' as const, before, after, sentence: directionSentence(pair) };
  const lines = {
    linesBefore: [pair.before.directionLine ?? pair.before.line],
    linesAfter: [pair.after.directionLine ?? pair.after.line],
  };
  return sectionChange(context, pair, 'direction', { ...draft, ...lines });
}

function directionSentence(pair: SectionPair): string {
  const before = pair.before.direction;
  const after = pair.after.direction;
  const kind = visible(pair.after.kind, 20);
  const stops = verbs(sends(before) && !sends(after), receives(before) && !receives(after));
  const starts = verbs(!sends(before) && sends(after), !receives(before) && receives(after));
  const what = [stops === '' ? '' : `stops ${stops}`, starts === '' ? '' : `starts ${starts}`].filter(
    (part) => part !== '',
  );
  return `${what.join(' and ')} ${kind} (${before} → ${after}).`;
}

function verbs(send: boolean, receive: boolean): string {
  return [send ? 'sending' : '', receive ? 'receiving' : ''].filter((verb) => verb !== '').join(' and ');
}

function holdSentence(rtp: readonly SectionPair[], changed: readonly SectionPair[]): string | undefined {
  if (isHeld(rtp, changed, 'before', 'after')) return `puts the call on hold (${turn(changed)}).`;
  if (isHeld(rtp, changed, 'after', 'before')) return `takes the call off hold (${turn(changed)}).`;
  return undefined;
}

type Side = 'before' | 'after';

/** No section receives any more, and at least one that went both ways was turned. */
function isHeld(rtp: readonly SectionPair[], changed: readonly SectionPair[], active: Side, held: Side): boolean {
  if (changed.length === 0 || rtp.some((pair) => receives(pair[held].direction))) return false;
  const turned = changed.every((pair) => receives(pair[active].direction));
  return turned && changed.some((pair) => pair[active].direction === 'sendrecv');
}

function turn(changed: readonly SectionPair[]): string {
  return `${directions(changed, 'before').join('/')} → ${directions(changed, 'after').join('/')}`;
}

function directions(changed: readonly SectionPair[], side: Side): Direction[] {
  return [...new Set(changed.map((pair) => pair[side].direction))].sort();
}

export function sends(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'sendonly';
}

export function receives(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'recvonly';
}
