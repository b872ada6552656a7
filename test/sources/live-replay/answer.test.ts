import { expect, test } from 'vitest';
import type { TransceiverInfo } from '../../../src/engines/engine.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { arrangementsFor } from '../../../src/sources/live-replay/answer.ts';

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

const section = (direction: string): TransceiverInfo => ({
  ...{ mid: '0', kind: 'video', currentDirection: null, sending: true, stopped: false },
  direction,
});
const arranged = (recorded: Line, offered: Line, own = 'sendrecv') =>
  arrangementsFor(description(recorded), description(offered), [section(own)]);

test('what is answered so anyway needs nothing', () => {
  expect(arranged({}, {})).toEqual([]);
  expect(arranged({ direction: 'inactive' }, { direction: 'inactive' })).toEqual([]);
  expect(arranged({ direction: 'recvonly' }, { direction: 'sendrecv' }, 'recvonly')).toEqual([]);
});

test('a call taken off hold, a section that is held, another codec first, a section that is rejected', () => {
  expect(arranged({}, {}, 'inactive')).toEqual([{ do: 'direction', mid: '0', direction: 'sendrecv' }]);
  expect(arranged({ direction: 'inactive' }, {})).toEqual([{ do: 'direction', mid: '0', direction: 'inactive' }]);
  expect(arranged({ codecs: ['VP9', 'VP8'] }, {})).toEqual([
    { do: 'prefer', media: 'video', codecs: ['VP9', 'VP8'], mid: '0' },
  ]);
  expect(arranged({ port: 0 }, {})).toEqual([{ do: 'stop', mid: '0' }]);
});

test('what the offer has stopped, or the recording does not have, is left alone', () => {
  expect(arranged({ port: 0 }, { port: 0 })).toEqual([]);
  expect(arrangementsFor(description(), description({}), [section('inactive')])).toEqual([]);
  expect(arrangementsFor(description({}), description({}), [])).toEqual([]);
});
