/** A scenario that does again what the sides of a recording wanted, as YAML. */
import type { Action, PartyId } from '../../core/event.ts';
import { printable } from '../../core/text.ts';
import { addedBy, restarts } from '../../scenario/expectations.ts';
import { STEP_WORDS } from '../../scenario/steps.ts';
import { attachedBy, type Intent, type Operation, type Plan, turnsOf } from '../../sources/live-replay/intent.ts';

/** What an engine may do without an offer. */
const QUIET: ReadonlySet<Action['do']> = new Set(['prefer', 'direction']);

/** `title` names the recording. */
export function scenarioYaml(plan: Plan, title: string): string {
  const names = namesOf(plan.parties);
  const [first, second] = plan.parties;
  const caller = plan.intents[0]?.by ?? first;
  const answerer = caller === first ? second : first;
  const media = (by: PartyId): string =>
    json([
      ...new Set(plan.intents.filter((one) => one.by !== by).flatMap(({ answers }) => answers.map((one) => one.media))),
    ]);
  const opening = (plan.intents[0]?.operations ?? []).map(({ action }) => action);
  return [
    `# What the sides of ${printable(title)} wanted, done again by real peers: renego run`,
    ...plan.omitted.map((sentence) => `# ${printable(sentence)}`),
    `name: ${json(title)}`,
    'timeout: 20s',
    'peers:',
    `  ${names(caller)}:`,
    `    media: ${media(caller)}`,
    '    opening:',
    ...opening.map((action) => `      - ${json(action)}`),
    `  ${names(answerer)}:`,
    `    media: ${media(answerer)}`,
    'steps:',
    `  - ${names(caller)}: call`,
    '  - wait: negotiated',
    '  - wait: connected',
    ...plan.intents.slice(1).flatMap((intent, index) => roundLines(intent, plan.intents.slice(0, index + 1), names)),
    ...(plan.hangup === undefined ? [] : [`  - ${names(plan.hangup)}: hangup`]),
    'expect:',
    '  - no findings of level error',
    '',
  ].join('\n');
}

function roundLines(
  { by, round, operations }: Intent,
  before: readonly Intent[],
  names: (party: PartyId) => string,
): readonly string[] {
  const said = before.flatMap(({ round: { offer, answer } }) => (answer === undefined ? [offer] : [offer, answer]));
  const own = said.findLast(({ from }) => from === by);
  const all = [...operations, ...turnsOf(round.offer, own, attachedBy(by, said))].map(placed);
  const actions = all.every((action) => QUIET.has(action.do)) ? [...all, { do: 'offer' as const }] : all;
  const added = addedBy(round.offer);
  const moves = actions.map((action) => `${names(by)}: ${shown(action)}`);
  return [
    ...(moves.length === 1 ? [`  - ${moves[0]}`] : ['  - together:', ...moves.map((move) => `      - ${move}`)]),
    '  - wait: negotiated',
    ...(added > 0
      ? [`  - expect: re-offer adds exactly ${added === 1 ? 'one m-section' : `${added} m-sections`}`]
      : []),
    ...(round.answer !== undefined && restarts(round.offer) && restarts(round.answer)
      ? ['  - expect: restart answered with new credentials']
      : []),
  ];
}

interface Written {
  readonly do: Action['do'];
  readonly 'm-line'?: number;
}

/** Sections by their place: mids are the engine's. */
function placed({ action, mLine }: Operation): Written {
  return mLine === undefined ? action : { ...action, 'm-line': mLine };
}

/** As short as the command line has it, where that says everything. */
function shown(action: Written): string {
  return Object.keys(action).length === 1 ? action.do : json(action);
}

/** Names that can stand in YAML and on a server; the others become `a` and `b`. */
function namesOf(parties: readonly PartyId[]): (party: PartyId) => string {
  const good = parties.every((party) => /^[A-Za-z][\w-]{0,30}$/.test(party) && !STEP_WORDS.includes(party));
  return (party) => (good ? party : party === parties[0] ? 'a' : 'b');
}

/** Every JSON is YAML. */
const json = (value: unknown): string => JSON.stringify(value);
