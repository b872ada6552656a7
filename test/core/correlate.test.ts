import { describe, expect, it } from 'vitest';
import { addressOf, correlationIds, sharedId, shortId, sipIds } from '../../src/core/correlate.ts';

const offer = (object: object) => ({ offer: true, ids: correlationIds([object as Record<string, unknown>]) });
const answer = (object: object) => ({ offer: false, ids: correlationIds([object as Record<string, unknown>]) });

describe('which id tells peer connections apart', () => {
  it('is one that answers share with their offers', () => {
    const index = sharedId([offer({ offer_id: 'x' }), offer({ offer_id: 'y' }), answer({ offer_id: 'y' })]);
    expect(index).toBeDefined();
    expect(correlationIds([{ offer_id: 'y' }])[index ?? -1]).toBe('y');
  });
  it('may have another name in the other direction (Janus: handle_id out, sender in)', () => {
    expect(sharedId([offer({ handle_id: 7 }), answer({ sender: 7 })])).toBeDefined();
  });
  it('is none where every side has its own', () => {
    expect(sharedId([offer({ sessionId: 'a' }), answer({ sessionId: 'b' })])).toBeUndefined();
  });
  it('is the more specific of two', () => {
    const both = { handle_id: 7, session_id: 1 };
    const index = sharedId([offer(both), answer({ sender: 7, session_id: 1 })]);
    expect(correlationIds([both])[index ?? -1]).toBe('7');
  });
});

it('takes the Call-ID of SIP', () => {
  const ids = sipIds('INVITE sip:bob@x SIP/2.0\r\nCall-ID: abc@host\r\n\r\nv=0\r\n');
  expect(ids.filter((id) => id !== undefined)).toEqual(['abc@host']);
});

it('reads names from the nearest object', () => {
  expect(addressOf([{ from: 'outer', to: 'x' }, { from: 'inner' }])).toEqual({ from: 'inner', to: 'x' });
});

it.each([
  ['mc_3yz5', 'mc_3yz5'],
  ['\u0014¡õ', '14a1f5'],
])('%j is shown as %s', (id, shown) => expect(shortId(id)).toBe(shown));
