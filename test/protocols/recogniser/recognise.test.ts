import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FoundSignal, recognise, signalsIn } from '../../../src/protocols/recogniser/recognise.ts';

/** Without what was assumed, which judge.test.ts is about. */
const findSignalsInText = (text: string): object[] => signalsIn(text).map(bare);
const findSignals = (value: unknown): object[] => findSignalsInText(JSON.stringify(value));

function bare(signal: FoundSignal): object {
  if (!('sdp' in signal)) return signal;
  const { assumed: _, mislabelled: __, ...rest } = signal;
  return rest;
}

const SDP = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n';
const OFFERING = `${SDP}a=setup:actpass\r\n`;
const ANSWERING = `${SDP}a=setup:active\r\n`;
const LINE = 'candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host';

describe('shapes seen in the wild', () => {
  const cases: [string, unknown, object[]][] = [
    ['a description', { type: 'offer', sdp: SDP }, [{ type: 'offer', sdp: SDP }]],
    ['MDN', { type: 'video-answer', sdp: { type: 'answer', sdp: SDP } }, [{ type: 'answer', sdp: SDP }]],
    ['JSON in JSON', { data: JSON.stringify({ type: 'answer', sdp: SDP }) }, [{ type: 'answer', sdp: SDP }]],
    ['type by key', { jsep: { sdpAnswer: SDP } }, [{ type: 'answer', sdp: SDP }]],
    ['type by content, against a vague label', { type: 'call', sdp: ANSWERING }, [{ type: 'answer', sdp: ANSWERING }]],
    ['actpass beats a word', { method: 'answer', body: OFFERING }, [{ type: 'offer', sdp: OFFERING }]],
    ['a rollback', { description: { type: 'rollback', sdp: '' } }, [{ type: 'rollback' }]],
    [
      'a candidate in a candidate',
      { type: 'ice', candidate: { candidate: LINE, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'u' } },
      [{ type: 'candidate', candidate: LINE, mid: '0', mLine: 0, ufrag: 'u' }],
    ],
    [
      'AppRTC',
      { type: 'candidate', label: 1, id: 'video', candidate: LINE },
      [{ type: 'candidate', candidate: LINE, mid: 'video', mLine: 1 }],
    ],
    ['no more candidates', { candidate: null }, [{ type: 'end-of-candidates' }]],
    ['no more of a section', { candidate: { candidate: '', sdpMid: '1' } }, [{ type: 'end-of-candidates', mid: '1' }]],
    ['a goodbye', { type: 'hang-up', target: 'bob' }, [{ type: 'bye' }]],
    ['an election', { candidate: 'Smith', type: 'offer' }, []],
    ['a shop', { offer: { price: 3 } }, []],
  ];
  it.each(cases)('%s', (_, value, found) => expect(findSignals(value)).toEqual(found));

  const texts: [string, string, object[]][] = [
    ['Socket.IO', `42["message",${JSON.stringify({ type: 'offer', sdp: SDP })}]`, [{ type: 'offer', sdp: SDP }]],
    ['SIP', `INVITE sip:b@x SIP/2.0\r\nContent-Length: 9\r\n\r\n${OFFERING}`, [{ type: 'offer', sdp: OFFERING }]],
    ['bare SDP', ANSWERING, [{ type: 'answer', sdp: ANSWERING }]],
    ['escaped SDP', OFFERING.replaceAll('\r', '\\r').replaceAll('\n', '\\n'), [{ type: 'offer', sdp: OFFERING }]],
    ['a candidate line', `a=${LINE}`, [{ type: 'candidate', candidate: `a=${LINE}` }]],
    ['chat', 'hello {world}', []],
  ];
  it.each(texts)('%s', (_, text, found) => expect(findSignalsInText(text)).toEqual(found));
});

it('is bounded in depth and in size', () => {
  let deep: unknown = { type: 'offer', sdp: SDP };
  for (let depth = 0; depth < 50; depth += 1) deep = { deep };
  expect(findSignals(deep)).toEqual([]);
  const many = recognise(JSON.stringify(Array.from({ length: 30_000 }, () => LINE)));
  expect(many.found.length).toBeLessThan(20_001);
  expect(many.aside).toEqual(['more than can be looked into']);
});

it('takes no time over white space', () => {
  // Quadratic work would take minutes.
  expect(recognise(`x{${' '.repeat(1024 * 1024)}x`).found).toEqual([]);
});

it('never throws', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) =>
      Array.isArray(recognise(JSON.stringify(value)).found),
    ),
  );
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(findSignalsInText(text))));
});
