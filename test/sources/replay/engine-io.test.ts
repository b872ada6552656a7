import { describe, expect, it } from 'vitest';
import {
  bodyOf,
  freshAddress,
  isEngineIo,
  isUpkeep,
  packetsOf,
  readOpening,
} from '../../../src/sources/replay/engine-io.ts';

describe('Engine.IO', () => {
  it.each([3, 4] as const)('reads the bodies it writes, version %i', (version) => {
    const packets = ['0{"sid":"a"}', '42["offer","v=0\\r\\n"]', '3'];
    expect(packetsOf(bodyOf(packets, version))).toEqual(packets);
  });

  it('reads a body whose lengths lie', () => {
    expect(packetsOf('99999999999:42["x"]')).toEqual(['42["x"]']);
    expect(packetsOf('0:0:0:')).toEqual(['', '', '']);
    expect(packetsOf('-1:x')).toEqual(['-1:x']);
  });

  it('knows what is about the connection alone', () => {
    expect(['', 'ok', '1', '2', '3', '6', '2probe', '3probe', '5'].every(isUpkeep)).toBe(true);
    expect(['0{}', '40', '42["x"]', '2[', '51-["x",{"_placeholder":true}]'].some(isUpkeep)).toBe(false);
  });

  it('reads the opening, and no other', () => {
    expect(readOpening('0{"sid":"x","pingInterval":25000}')).toEqual({ sid: 'x', pingInterval: 25_000 });
    expect(readOpening('0{"sid":"x","pingInterval":-1}')).toEqual({ sid: 'x', pingInterval: 25_000 });
    expect([readOpening('0{"sid":1}'), readOpening('0{"sid'), readOpening('40{"sid":"x"}')]).toEqual([
      ...[undefined, undefined, undefined],
    ]);
  });

  it('makes an address of today', () => {
    const polled = 'http://h/socket.io/?EIO=4&transport=polling&t=abc&sid=old&room=a';
    expect(freshAddress(polled, 'websocket')).toBe('ws://h/socket.io/?EIO=4&transport=websocket&room=a');
    expect(isEngineIo(polled, undefined)).toBe(true);
    expect(isEngineIo('ws://h/', { raw: '{"type":"offer"}' })).toBe(false);
  });
});
