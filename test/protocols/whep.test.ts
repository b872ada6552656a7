import { describe, expect, it } from 'vitest';
import { whep } from '../../src/protocols/whep.ts';
import { candidate, offer, pc, sdp, session } from './whip/script.ts';

const created = { location: '/session/1', etag: '"e1"' };

describe('a WHEP client', () => {
  it.each([
    [406, 'as the draft says'],
    [201, 'as older servers do'],
  ])('answers an offer of the server (%d, %s)', (status) => {
    const me = session(whep);
    me.say(offer('A'), candidate(1, 'A'));
    expect(me.answers(status, sdp('B'), created)).toEqual(['offer B']);
    expect(me.say(candidate(2, 'A'))).toEqual([]);
    expect(me.say({ type: 'answer', pc, sdp: sdp('C', 'active') }, candidate(3, 'C'))).toEqual(['PATCH /session/1 C']);
    expect(me.answers(204)).toEqual(['PATCH /session/1 if-match "e1" C 3']);
  });
});
