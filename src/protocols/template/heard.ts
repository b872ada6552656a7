/** What a message of another means to the client, and which kind of message carries a signal. */
import type { ClientOutput, Signal } from '../protocol.ts';
import type { Understood } from './conversation.ts';
import { whoOffers } from './joining.ts';
import type { Memory } from './memory.ts';
import { namesIn } from './pattern.ts';
import type { Kind, Template } from './template.ts';

/** Nothing for what is not for renego, or came from renego itself. */
export function heardAs(understood: Understood, memory: Memory, template: Template): readonly ClientOutput[] {
  const { kind, ends, signals, values } = understood;
  if (kind === 'peers' || kind === 'joined' || kind === 'left') {
    return signals.flatMap((signal): ClientOutput[] => {
      if (signal.type !== 'presence') return [];
      const { who, change } = signal;
      const offers = whoOffers(template, values.get('offerer'), kind === 'peers', memory, who);
      return [{ do: 'presence', who, change, ...(change === 'join' && offers && { offers }) }];
    });
  }
  if (ends.from === memory.self || ends.to !== memory.self) return [];
  const from = ends.peer;
  const met: ClientOutput[] =
    kind !== 'bye' && memory.came(from) ? [{ do: 'presence', who: from, change: 'join', offers: 'them' }] : [];
  if (kind === 'request' || kind === 'restart') {
    return [...met, { do: 'wanted', from, iceRestart: kind === 'restart' }];
  }
  return [...met, ...signals.map((signal): ClientOutput => ({ do: 'signal', from, signal }))];
}

/** Undefined if the template has no message for it. */
export function kindOf(
  signal: Signal,
  { messages }: Template,
  round: 'described' | 'again' | undefined,
): Kind | undefined {
  const again = messages.reoffer?.send !== undefined && round !== undefined;
  switch (signal.type) {
    case 'offer':
      return again ? 'reoffer' : 'offer';
    case 'answer':
      return round === 'again' && messages.reanswer?.send !== undefined ? 'reanswer' : 'answer';
    case 'candidate':
    case 'bye':
      return signal.type;
    case 'end-of-candidates':
      return 'eoc';
    case 'pranswer':
      return typed(messages.answer) ? 'answer' : undefined;
    case 'rollback':
      return typed(messages.offer) ? 'offer' : undefined;
    default:
      return undefined;
  }
}

/** The description says itself what it is, so that the message can carry others too. */
function typed(way: Template['messages'][Kind]): boolean {
  return way?.send !== undefined && namesIn(way.send).includes('desc');
}
