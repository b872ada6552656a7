/** How somebody between a client and LiveKit has the client restart ICE: as the server does before it hands sessions over. */
import type { Frame, Provocation } from '../protocol.ts';
import { base64Of, messages } from './wire.ts';

/** `joined`: how the server's messages of a session come, which has begun. */
export function provocation(what: 'offer' | 'restart-ice', joined: Frame['encoding'] | undefined): Provocation {
  if (what === 'offer') {
    const why = "LiveKit's client offers when it publishes, its server when there is something to subscribe to";
    return { why: `only they can do that: ${why}; no message asks for it` };
  }
  if (joined === undefined) return { why: 'there is no session yet: the server has let nobody in' };
  const { LeaveRequest, LeaveRequest_Action, SignalResponse } = messages();
  const value = new LeaveRequest({ action: LeaveRequest_Action.RESUME });
  const message = new SignalResponse({ message: { case: 'leave', value } });
  return joined === 'text'
    ? { to: 'client', raw: message.toJsonString() }
    : { to: 'client', raw: base64Of(message.toBinary()), encoding: 'base64' };
}
