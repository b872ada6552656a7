/** What keys and scripts do to what passes: finds the connection and the message that are meant. */
import { RenegoError } from '../../core/errors.ts';
import type { Action, Draft, Interception } from '../../core/event.ts';
import { parseMatcher } from '../../core/matcher.ts';
import type { HeldMessage } from '../source.ts';
import type { Direction } from './direction.ts';
import { editable, edited } from './editing.ts';
import type { HttpInjector } from './http-inject.ts';
import type { Held, Intervention } from './intervention.ts';
import type { Gated, Passage } from './passage.ts';
import { createProvoking } from './provoking.ts';
import { type Reader, SERVER } from './reader.ts';
import type { Wire } from './wire.ts';

export interface Control {
  readonly interventions: () => readonly Intervention[];
  readonly held: () => readonly HeldMessage[];
  /** Somebody works on what is held, until the function that is given back is called. */
  attend(seq: number): () => void;
  dispatch(action: Action): void;
  refusal(action: Action): string | undefined;
  /** Takes note of what is told. */
  saw(draft: Draft): void;
}

type HeldOn = Held & { readonly direction: Gated };

export interface ControlOptions {
  /** Rules that are there from the start. */
  readonly fixed: readonly Intervention[];
  readonly wires: ReadonlySet<Wire>;
  /** HTTP messages on their way. */
  readonly passages: ReadonlySet<Passage>;
  /** Of clients that have no WebSocket. */
  readonly others: () => Iterable<Reader>;
  /** What is put into HTTP. */
  readonly injector: () => HttpInjector;
  readonly tell: (draft: Draft) => number | undefined;
}

export function createControl({ fixed, wires, passages, others, injector, tell }: ControlOptions): Control {
  let rules: readonly Intervention[] = fixed;
  const provoking = createProvoking(wires, others, tell);

  const gates = (): Gated[] => [...[...wires].flatMap(({ c2s, s2c }) => [c2s, s2c]), ...passages];
  const allHeld = (): HeldOn[] =>
    gates()
      .flatMap((direction) => direction.gate.held.map((held) => ({ ...held, direction })))
      .sort((a, b) => a.seq - b.seq);
  /** The one that is meant; the oldest, if none is. */
  const heldOf = (seq: number | undefined): HeldOn | undefined =>
    allHeld().find((one) => seq === undefined || one.seq === seq);
  const wireOf = (link: string | undefined): Wire | undefined =>
    [...wires].findLast((wire) => link === undefined || wire.link === link);

  function told(action: Action, wire?: Wire): void {
    const from = wire?.party ?? SERVER;
    tell({ from, to: from, ...(wire !== undefined && { link: wire.link }), kind: 'action', action });
  }

  function problem(detail: string): void {
    tell({ from: SERVER, to: SERVER, kind: 'problem', code: 'ACTION_REFUSED', detail });
  }

  function hold(action: Extract<Interception, { do: 'hold' }>): void {
    told(action);
    if (action.off) {
      rules = rules.filter((rule) => rule.hold !== true);
      for (const one of gates()) one.act(one.gate.release('nothing is held any more'));
      return;
    }
    const match = parseMatcher(action.match);
    const rule: Intervention = {
      text: holding(action),
      hold: true,
      match,
      acted() {
        if (action.once) rules = rules.filter((one) => one !== rule);
      },
    };
    rules = [...rules, rule];
    for (const wire of wires) wire.engage();
  }

  function edit(action: Extract<Interception, { do: 'edit' }>, held: HeldOn): void {
    const raw = edited(held.draft, action.text ?? '', action.as);
    if (raw === undefined) {
      problem('what was edited cannot be put back into its frame: edit the frame itself');
      return;
    }
    const data = Buffer.from(raw, held.draft.encoding === 'base64' ? 'base64' : 'utf8');
    const { direction } = held;
    const content = { binary: held.binary, data, draft: direction.decode(data, held.binary) };
    direction.act(direction.gate.edit(held.seq, content, { do: 'edit', of: held.seq }));
  }

  function inject(wire: Wire, to: 'client' | 'server', data: Buffer, binary: boolean, action: Action): void {
    const direction: Direction = to === 'server' ? wire.c2s : wire.s2c;
    wire.engage();
    direction.insert(direction.gate.inject({ binary, data, draft: direction.decode(data, binary) }, action));
  }

  function duplicate(direction: Gated, seq: number): void {
    if (direction.once) problem('the answer to an HTTP request can be given only once');
    else direction.act(direction.gate.duplicate(seq));
  }

  function onHeld(action: Extract<Interception, { of?: number; by?: string }>): void {
    const held = heldOf(action.of);
    if (held === undefined) return;
    const { direction, seq } = held;
    if (action.do === 'let-go') direction.act(direction.gate.letGo(seq));
    else if (action.do === 'drop') direction.act(direction.gate.drop(seq));
    else if (action.do === 'duplicate') duplicate(direction, seq);
    else if (action.do === 'delay') direction.act(direction.gate.delay(seq, action.time));
    else if (action.do === 'reorder') direction.act(direction.gate.reorder(seq));
    else if (action.do === 'edit') edit(action, held);
  }

  function run(action: Action): void {
    switch (action.do) {
      case 'mark':
        tell({ from: SERVER, to: SERVER, kind: 'mark', text: action.text });
        return;
      case 'hold':
        hold(action);
        return;
      case 'send':
      case 'inject': {
        const [to, link] = action.do === 'send' ? (['server', undefined] as const) : [action.to, action.link];
        const wire = wireOf(link);
        const data = Buffer.from(action.raw);
        if (wire !== undefined) inject(wire, to, data, false, action);
        else injector().inject({ to, link, data }, action);
        return;
      }
      case 'offer':
      case 'restart-ice': {
        const way = provoking.way(action);
        if ('why' in way) return;
        const { wire, how } = way;
        const binary = how.encoding === 'base64';
        inject(wire, how.to, Buffer.from(how.raw, binary ? 'base64' : 'utf8'), binary, action);
        if (action.do === 'restart-ice') provoking.asked(wire);
        return;
      }
      case 'let-go':
      case 'drop':
      case 'duplicate':
      case 'delay':
      case 'reorder':
      case 'edit':
        onHeld(action);
    }
  }

  function refusal(action: Action): string | undefined {
    switch (action.do) {
      case 'mark':
        return undefined;
      case 'hold': {
        const same = !action.off && rules.some(({ text }) => text === holding(action));
        return same ? 'that is held already; hold nothing any more: L' : undefined;
      }
      case 'let-go':
      case 'drop':
      case 'duplicate':
      case 'delay':
      case 'reorder':
      case 'edit':
        return heldOf(action.of) === undefined ? notHeld(action) : undefined;
      case 'send':
      case 'inject': {
        const [to, link] = action.do === 'send' ? (['server', undefined] as const) : [action.to, action.link];
        return wireOf(link) === undefined ? injector().refusal(to, link) : undefined;
      }
      case 'offer':
      case 'restart-ice': {
        const way = provoking.way(action);
        return 'why' in way ? way.why : undefined;
      }
      default:
        return 'a proxy only watches: the app itself has to do that';
    }
  }

  return {
    interventions: () => rules,
    held: () => allHeld().map(({ seq, draft }) => ({ seq, ...editable(draft) })),
    attend(seq) {
      const { direction } = heldOf(seq) ?? {};
      direction?.act(direction.gate.attend(seq, true));
      return () => direction?.act(direction.gate.attend(seq, false));
    },
    refusal,
    saw: provoking.saw,
    dispatch(action) {
      const why = refusal(action);
      if (why !== undefined) {
        problem(why);
        return;
      }
      try {
        run(action);
      } catch (error) {
        if (!(error instanceof RenegoError)) throw error;
        problem(error.message);
      }
    },
  };
}

const holding = ({ match, once }: Extract<Interception, { do: 'hold' }>): string =>
  `hold ${once ? 'next ' : ''}${match}`;

function notHeld({ do: what, of }: { readonly do: string; readonly of?: number }): string {
  if (of === undefined) return 'nothing is held';
  return `event ${of} is not held any more${what === 'edit' ? ': what was edited is not sent' : ''}`;
}
