/**
 * Runs the rules over a growing log. Descriptions, pairs and successions are judged once, when they arrive; candidates
 * when their credentials are known; sessions after every event and tick. Cost is linear in events.
 */
import type { Millis, SignalEvent } from '../core/event.ts';
import { hashOf } from '../core/hash.ts';
import { advance, createLedgerCursor, type Ledger, type LedgerCursor } from '../core/ledger.ts';
import type { CandidateRecord, Description, Model, Session } from '../core/model.ts';
import { createRecent } from '../core/recent.ts';
import { parsingOf } from '../core/sent-description.ts';
import { touchedBy } from '../core/touched.ts';
import { finished, type Steps } from '../sdp/steps.ts';
import { createCandidateQueue } from './candidate-queue.ts';
import { findingOf, foldConsequences, keyOf, type Place } from './finding.ts';
import type { Finding, Report, Rule, Scene, Severity } from './rule.ts';
import { candidateSubject, descriptionSubject, pairSubject, successionSubject } from './subjects.ts';

/** `off` silences a rule; a severity replaces the rule's own and its reports'. */
export type RuleSetting = 'off' | Severity;

export interface CheckSettings {
  readonly rules: readonly Rule[];
  readonly settings?: Readonly<Record<string, RuleSetting>>;
  /** How long a candidate may wait for its description, in milliseconds (guard G10). */
  readonly grace?: Millis;
}

export interface Checker {
  /** Call after `reduce`, once per event. Returns what has become true. */
  observe(model: Model, event: SignalEvent): readonly Finding[];
  /** The same in steps, for whoever has to do something else meanwhile: not with the model. */
  observing(model: Model, event: SignalEvent): Steps<readonly Finding[]>;
  /** Time has passed without an event; asks about those of these sessions that are not over. */
  advance(model: Model, sessions: Iterable<Session>, now: Millis): readonly Finding[];
  /** Nothing more will come for these sessions. */
  over(model: Model, sessions: Iterable<Session>, now: Millis): readonly Finding[];
  /** Nothing more will come. */
  finish(model: Model): readonly Finding[];
}

const GRACE: Millis = 5000;
/** Lines that are judged at a time, counted once for each rule. Going on with a step is dear where there is little to judge. */
const BIT = 8000;
/** Sessions whose ledgers are kept: more than are negotiated at the same time. */
const LEDGERS = 2000;

interface Judged {
  readonly rule: Rule;
  readonly finding: Finding;
}

const NOTHING: readonly Finding[] = [];

export function createChecker(options: CheckSettings): Checker {
  const rules = options.rules.filter((rule) => options.settings?.[rule.id] !== 'off');
  const [ofCandidates, ofSessions, ofEvents] = [
    scoped(rules, 'candidate'),
    scoped(rules, 'session'),
    scoped(rules, 'event'),
  ];
  const ofDescriptions = rules.filter(({ scope }) => scope !== 'session' && scope !== 'event');
  const queue = createCandidateQueue(options.grace ?? GRACE);
  /** Hashes: a long session has very many findings. */
  const seen = new Set<number>();
  /** Of other sessions they are worked out anew, should they wake again. */
  const cursors = createRecent<Session, LedgerCursor>(LEDGERS);

  const ledgerBefore = (session: Session, seq: number): Ledger => {
    const cursor = cursors.get(session) ?? createLedgerCursor();
    cursors.set(session, cursor);
    return advance(cursor, session, seq);
  };

  /** What is new of these goes into `found`. A loop, as all that asks every rule: most have nothing to say. */
  const judge = (rule: Rule, reports: readonly Report[], place: Place, found: Judged[]): void => {
    for (const report of reports) {
      const setting = options.settings?.[rule.id];
      const severity = setting && setting !== 'off' ? setting : (report.severity ?? rule.severity);
      const finding = findingOf(rule, severity, report, place);
      const key = hashOf(keyOf(finding));
      if (seen.has(key)) continue;
      seen.add(key);
      found.push({ rule, finding });
    }
  };

  const askAll = <S>(rules: readonly Asked<S>[], subject: S, place: Place): readonly Finding[] => {
    const found: Judged[] = [];
    for (const rule of rules) judge(rule, rule.check(subject), place, found);
    return found.length === 0 ? NOTHING : found.map(({ finding }) => finding);
  };

  function* description(scene: Scene, d: Description): Steps<readonly Finding[]> {
    yield* parsingOf(d);
    const place: Place = { pc: d.pc, side: d.from, event: d.seq, related: [] };
    const ledger = ledgerBefore(scene.session, d.seq);
    const single = descriptionSubject(scene, d);
    // A copy of what is part of its round already changes nothing, and the base of comparison has moved on meanwhile.
    const copy = d.repeats !== undefined && d.repeats.round === d.round;
    const pair = copy ? undefined : pairSubject(scene, d, ledger);
    const succession = copy ? undefined : successionSubject(scene, d, ledger);
    const found: Judged[] = [];
    const ask = (rule: Rule): void => {
      if (single.plain && rule.plainToo !== true) return;
      if (rule.scope === 'description') {
        if (!d.repeats) judge(rule, rule.check(single), place, found);
      } else if (rule.scope === 'candidate') {
        if (!d.repeats) judge(rule, rule.inDescription?.(single) ?? [], place, found);
      } else if (rule.scope === 'pair') {
        if (pair) judge(rule, rule.check(pair), { ...place, related: [pair.offer.seq] }, found);
      } else if (rule.scope === 'succession' && succession) {
        judge(rule, rule.check(succession), { ...place, related: [succession.before.seq] }, found);
      }
    };
    let lines = 0;
    for (const rule of ofDescriptions) {
      lines += single.sdp.lines.length;
      if (lines > BIT) {
        yield;
        lines = 0;
      }
      ask(rule);
    }
    return foldConsequences(found);
  }

  const candidate = (scene: Scene, record: CandidateRecord): readonly Finding[] => {
    const place: Place = { pc: record.pc, side: record.from, event: record.seq, related: [] };
    return askAll(ofCandidates, candidateSubject(scene, record), place);
  };

  const candidates = (model: Model, now: Millis, over: boolean, due: readonly CandidateRecord[]): Finding[] =>
    due.flatMap((record) => {
      const owner = model.sessions.get(record.pc);
      return owner ? candidate({ model, session: owner, now, over }, record) : [];
    });

  const session = (scene: Scene): readonly Finding[] => {
    const recent = scene.session.rounds.slice(-3);
    const subject = { ...scene, recent, glare: scene.session.glares.at(-1) };
    const place: Place = { pc: scene.session.pc, side: '', event: 0, related: [] };
    return askAll(ofSessions, subject, place);
  };

  const over: Checker['over'] = (model, sessions, now) =>
    [...sessions].flatMap((one) => session({ model, session: one, now, over: true }));

  const happened = (scene: Scene, event: SignalEvent): readonly Finding[] => {
    const place: Place = { pc: scene.session.pc, side: event.from, event: event.seq, related: [] };
    return askAll(ofEvents, { ...scene, event }, place);
  };

  function* observing(model: Model, event: SignalEvent): Steps<readonly Finding[]> {
    const now = event.t;
    const scenes = touchedBy(model, event).map((s): Scene => ({ model, session: s, now, over: false }));
    const described = model.described.get(event.seq) ?? [];
    for (const record of model.gathered.get(event.seq) ?? []) queue.add(record);
    const resolved = described.length > 0 ? queue.resolved() : [];
    const found: Finding[] = [];
    for (const d of described)
      for (const scene of scenes) if (scene.session.pc === d.pc) found.push(...(yield* description(scene, d)));
    found.push(...candidates(model, now, false, [...resolved, ...queue.due(now)]));
    for (const scene of scenes) found.push(...happened(scene, event), ...session(scene));
    return found;
  }

  return {
    observing,
    observe: (model, event) => finished(observing(model, event)),
    advance(model, sessions, now) {
      // One may have turned out to be part of another.
      const open = [...sessions].filter((s) => s.closedBy === undefined && model.sessions.get(s.pc) === s);
      return [
        ...candidates(model, now, false, queue.due(now)),
        ...open.flatMap((s) => session({ model, session: s, now, over: false })),
      ];
    },
    over,
    finish(model) {
      const now = model.events.at(-1)?.t ?? 0;
      return [...candidates(model, now, true, queue.rest()), ...over(model, model.sessions.values(), now)];
    },
  };
}

type Asked<S> = Rule & { check(subject: S): readonly Report[] };
type Scoped<S> = Extract<Rule, { readonly scope: S }>;

function scoped<S extends Rule['scope']>(rules: readonly Rule[], scope: S): readonly Scoped<S>[] {
  return rules.filter((rule): rule is Scoped<S> => rule.scope === scope);
}
