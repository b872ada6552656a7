/** Which protocol is spoken with a server, where the user has not said it: a guess that its first messages confirm or change. */
import type { EventBody } from '../core/event.ts';
import { type Choice, chooseProtocol, isSettled } from '../protocols/detect.ts';
import type { Frame, Protocol } from '../protocols/protocol.ts';
import { recognised } from '../protocols/recognised.ts';
import { given } from './given-protocol.ts';

/** Speak this from now on, and say why. */
export interface Chosen {
  readonly protocol: Protocol;
  readonly told: EventBody;
}

export interface ProtocolChoice {
  /** What to begin with. */
  readonly first: Protocol;
  /** What to ask for where the server refuses what the first choice asks for. */
  readonly otherSubprotocols?: readonly string[];
  /** What the address and the subprotocol that the server has picked tell; undefined if nothing new. */
  atHandshake(subprotocol: string): Chosen | undefined;
  /** The same for a message of the server, in the protocol that is spoken with it by now. */
  atMessage(frame: Frame, spoken: Protocol): Chosen | undefined;
}

/** How many messages of the server may show what it speaks. */
const FIRST_MESSAGES = 5;

/** The choice there is for an address; `named` is what the user has named. */
export function createProtocolChoice(url: string, named: Protocol | undefined): ProtocolChoice {
  if (named !== undefined) return given(named);
  const guess = chooseProtocol({ url, joining: true });
  /** Messages that may still show another protocol. */
  let left = FIRST_MESSAGES;
  let warned = false;
  return {
    first: guess?.protocol ?? recognised,
    ...(guess !== undefined && { otherSubprotocols: recognised.subprotocols }),
    atHandshake(subprotocol) {
      const choice = left > 0 ? chooseProtocol({ url, subprotocol, joining: true }) : undefined;
      if (choice !== undefined && isSettled(choice)) left = Math.min(left, 1);
      return choice && chosen(choice);
    },
    atMessage(frame, spoken) {
      if (left === 0) return undefined;
      const settled = left === 1 && spoken !== recognised;
      left -= 1;
      const choice = chooseProtocol({ frame, joining: true });
      if (choice !== undefined) {
        left = 0;
        return choice.protocol === spoken ? undefined : chosen(choice);
      }
      // A subprotocol such as `json` is anybody's; an address or a name of its own is believed.
      if (settled || warned) return undefined;
      warned = true;
      return UNKNOWN;
    },
  };
}

/** Who knows better can overrule it. */
function chosen({ protocol, because }: Choice): Chosen {
  const text = `protocol ${protocol.name}, chosen ${because}; --protocol overrules`;
  return { protocol, told: { kind: 'mark', text } };
}

const UNKNOWN: Chosen = {
  protocol: recognised,
  told: {
    kind: 'problem',
    code: 'PROTOCOL_UNKNOWN',
    detail:
      'what the server says is of no protocol renego knows: it is read as far as it can be, and not joined; name its protocol ' +
      'with --protocol, or a template: renego learn makes one of a call of your app, recorded by renego proxy --record',
  },
};
