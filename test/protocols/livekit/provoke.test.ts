import { expect, it } from 'vitest';
import { livekit } from '../../../src/protocols/livekit/index.ts';
import { base64Of, messages, readFrame } from '../../../src/protocols/livekit/wire.ts';

it.each(['text', 'base64'] as const)(
  'sends the client away to resume, in frames of the same kind: %s',
  async (encoding) => {
    await livekit.load?.();
    const { JoinResponse, LeaveRequest_Action, SignalResponse } = messages();
    const decoder = livekit.decoder({ client: 'app', server: 'server' });
    expect(decoder.provoke?.('restart-ice')).toMatchObject({ why: expect.stringContaining('no session yet') });
    const join = new SignalResponse({ message: { case: 'join', value: new JoinResponse() } });
    const data = encoding === 'text' ? join.toJsonString() : base64Of(join.toBinary());
    decoder.decode({ data, encoding, direction: 'in' });
    const asked = decoder.provoke?.('restart-ice');
    if (asked === undefined || 'why' in asked) throw new Error('no way');
    expect(asked.to).toBe('client');
    const read = readFrame({ data: asked.raw, encoding: asked.encoding ?? 'text', direction: 'in' });
    expect(read).toMatchObject({ response: { case: 'leave', value: { action: LeaveRequest_Action.RESUME } } });
    expect(decoder.provoke?.('offer')).toMatchObject({ why: expect.stringContaining('no message asks for it') });
  },
);
