import { describe, expect, it } from 'vitest';
import { mdn } from '../../src/protocols/mdn.ts';
import { recognised } from '../../src/protocols/recognised.ts';
import { createProtocolChoice } from '../../src/sources/protocol-choice.ts';

const frame = (data: string) => ({ data, encoding: 'text', direction: 'in' }) as const;
const GREETING = frame('{"type":"id","id":1}');
const URL = 'ws://127.0.0.1:8080/';

describe('which protocol is spoken', () => {
  it('is what the user says, whatever the server does', () => {
    const choice = createProtocolChoice(URL, mdn);
    expect([choice.first, choice.atHandshake('janus-protocol'), choice.atMessage(frame('HELLO'), mdn)]).toEqual([
      mdn,
      undefined,
      undefined,
    ]);
  });

  it('shows in the first message; that is told with the reason', () => {
    const choice = createProtocolChoice(URL, undefined);
    expect(choice.first).toBe(recognised);
    expect(choice.atMessage(GREETING, recognised)).toEqual({
      protocol: mdn,
      told: { kind: 'mark', text: 'protocol mdn, chosen by its first message; --protocol overrules' },
    });
    expect(choice.atMessage(frame('HELLO'), mdn)).toBeUndefined();
  });

  it('may show later, after something unknown, of which the user is told once', () => {
    const choice = createProtocolChoice(URL, undefined);
    expect(choice.atHandshake('json')).toMatchObject({ protocol: { name: 'mdn' } });
    expect(choice.atMessage(frame('{"motd":"welcome"}'), mdn)).toMatchObject({
      protocol: { name: 'recognised' },
      told: { code: 'PROTOCOL_UNKNOWN' },
    });
    expect(choice.atMessage(frame('{"motd":"again"}'), recognised)).toBeUndefined();
    expect(choice.atMessage(GREETING, recognised)).toMatchObject({ protocol: { name: 'mdn' } });
  });

  it('is believed of a subprotocol of its own, though the first message tells nothing', () => {
    const choice = createProtocolChoice(URL, undefined);
    const chosen = choice.atHandshake('janus-protocol');
    expect(chosen).toMatchObject({ protocol: { name: 'janus' } });
    expect(choice.atMessage(frame('{"motd":"welcome"}'), chosen?.protocol ?? mdn)).toBeUndefined();
  });
});
