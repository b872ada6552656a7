import { describe, expect, test } from 'vitest';
import type { TransceiverInfo } from '../../../src/engines/engine.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { beforeAnswer, beforeOffer } from '../../../src/sources/live-replay/arranged.ts';

interface Line {
  readonly kind?: string;
  readonly direction?: string;
  readonly codecs?: readonly string[];
  readonly port?: number;
}

function description(...lines: readonly Line[]) {
  const sections = lines.map(({ kind = 'video', direction = 'sendrecv', codecs = ['VP8', 'VP9'], port = 9 }, mid) => {
    const types = codecs.map((_, index) => 96 + index);
    const maps = codecs.map((name, index) => `a=rtpmap:${96 + index} ${name}/90000\r\n`).join('');
    return `m=${kind} ${port} UDP/TLS/RTP/SAVPF ${types.join(' ')}\r\na=mid:${mid}\r\na=${direction}\r\n${maps}`;
  });
  return parseSdp(`v=0\r\no=- 1 1 IN IP4 0\r\ns=-\r\nt=0 0\r\n${sections.join('')}`);
}

const section = (direction: string, sending = true): TransceiverInfo => ({
  ...{ mid: '0', kind: 'video', currentDirection: null, sending, stopped: false },
  direction,
});
const VP9_FIRST = ['VP9', 'VP8'];
const prefer = (...codecs: readonly string[]) => [{ do: 'prefer', media: 'video', codecs, mid: '0' }];
const turn = (direction: string) => [{ do: 'direction', mid: '0', direction }];

describe('before an answer', () => {
  const arranged = (recorded: Line, offered: Line, own = section('sendrecv'), said?: Line) =>
    beforeAnswer(description(recorded), description(offered), said && description(said), [own]);

  test('what is answered so anyway needs nothing', () => {
    expect(arranged({}, {})).toEqual([]);
    expect(arranged({ direction: 'inactive' }, { direction: 'inactive' })).toEqual([]);
    expect(arranged({ direction: 'recvonly' }, { direction: 'sendrecv' }, section('recvonly', false))).toEqual([]);
  });

  test('a call taken off hold, a section that is held, another codec first, a section that is rejected', () => {
    expect(arranged({}, {}, section('inactive'))).toEqual(turn('sendrecv'));
    expect(arranged({ direction: 'inactive' }, {})).toEqual(turn('inactive'));
    expect(arranged({ codecs: VP9_FIRST }, {})).toEqual(prefer('VP9', 'VP8'));
    expect(arranged({ port: 0 }, {})).toEqual([{ do: 'stop', mid: '0' }]);
  });

  test('what it once preferred is taken back', () => {
    expect(arranged({}, {}, section('sendrecv'), { codecs: VP9_FIRST })).toEqual(prefer('VP8', 'VP9'));
  });

  test('what sends has something to send, on that very section', () => {
    expect(arranged({ direction: 'sendonly' }, {}, section('recvonly', false))).toEqual([
      { do: 'add', media: 'video', direction: 'sendonly', mid: '0' },
    ]);
  });

  test('what the offer has stopped, or the recording does not have, is left alone', () => {
    expect(arranged({ port: 0 }, { port: 0 })).toEqual([]);
    expect(beforeAnswer(description(), description({}), undefined, [section('inactive')])).toEqual([]);
    expect(beforeAnswer(description({}), description({}), undefined, [])).toEqual([]);
  });
});

describe('before an offer', () => {
  const arranged = (recorded: Line, said: Line, own = section('sendrecv')) =>
    beforeOffer(description(recorded), description(said), [own]);

  test('the direction that the transceiver has counts, not the one it answered with', () => {
    expect(arranged({ direction: 'recvonly' }, { direction: 'recvonly' })).toEqual(turn('recvonly'));
    expect(arranged({}, { direction: 'recvonly' })).toEqual([]);
  });

  test('another codec first, and something to send', () => {
    expect(arranged({ codecs: VP9_FIRST }, {})).toEqual(prefer('VP9', 'VP8'));
    expect(arranged({}, {}, section('recvonly', false))).toEqual([
      { do: 'add', media: 'video', direction: 'sendrecv', mid: '0' },
    ]);
  });

  test('what is stopped, on either side, is for the actions of the round', () => {
    expect(arranged({ port: 0 }, {})).toEqual([]);
    expect(arranged({}, { port: 0 })).toEqual([]);
    expect(beforeOffer(description({}), description({}), [{ ...section('inactive'), stopped: true }])).toEqual([]);
  });
});
