import { beforeAll, describe, expect, it } from 'vitest';
import { rtcAddress } from '../../src/protocols/livekit/address.ts';
import { createLivekitDecoder } from '../../src/protocols/livekit/decoder.ts';
import { livekit } from '../../src/protocols/livekit/index.ts';
import { offeredTracks } from '../../src/protocols/livekit/tracks.ts';
import { loadMessages } from '../../src/protocols/livekit/wire.ts';

beforeAll(loadMessages);

describe('its address', () => {
  const at = (url: string, params = {}) => rtcAddress({ as: 'me', now: 0, url, params });

  it.each([
    [
      'wss://h.example/',
      { token: 't&1' },
      'wss://h.example/rtc?auto_subscribe=1&protocol=16&sdk=js&access_token=t%261',
    ],
    ['ws://h:7880', {}, 'ws://h:7880/rtc?auto_subscribe=1&protocol=16&sdk=js'],
    [
      'ws://h/a/rtc?access_token=x%20y&protocol=9',
      {},
      'ws://h/a/rtc?auto_subscribe=1&protocol=9&sdk=js&access_token=x%20y',
    ],
    ['ws://h/rtc?bad=%zz', {}, 'ws://h/rtc?auto_subscribe=1&protocol=16&sdk=js&bad=%25zz'],
  ])('is made of %s and %j', (url, params, address) => {
    expect(at(url, params)).toBe(address);
  });

  it('says whose session is taken up again', () => {
    const options = { as: 'me', now: 0, url: 'ws://h/', params: { token: 'old' } };
    expect(rtcAddress(options, { sid: 'PA_1', token: 'new' })).toMatch(/access_token=new&reconnect=1&sid=PA_1$/);
    expect(rtcAddress(options, { sid: 'PA_1', token: '' })).toContain('access_token=old&');
  });
});

it('is recognised by its address and its first frame', () => {
  expect(livekit.detect({ url: 'wss://h/rtc?protocol=9&access_token=x' })).toBeGreaterThan(0.9);
  expect(livekit.detect({ url: 'wss://x.livekit.cloud' })).toBeGreaterThan(0.9);
  expect(livekit.detect({ url: 'wss://h/rtc' })).toBe(0);
  const binary = (data: string) => livekit.detect({ frame: { data, encoding: 'base64', direction: 'in' } });
  expect(binary('Cg0KBRIDZGVuEgQSAm1l')).toBeGreaterThan(0.5);
  expect(['Cg0KBRIDZGVuEgQSAm1', 'AAAA', '', '??', 'Cv//////////'].map(binary)).toEqual([0, 0, 0, 0, 0]);
  const text = (data: string) => livekit.detect({ frame: { data, encoding: 'text', direction: 'in' } });
  expect(text('{"join":{"participant":{"identity":"me"}}}')).toBeGreaterThan(0.5);
  expect(text('{"join":"room"}')).toBe(0);
});

it('tells participants once when they come and when they go', () => {
  const decoder = createLivekitDecoder({ client: 'me' });
  const hear = (state: string) => {
    const data = JSON.stringify({ update: { participants: [{ identity: 'alice', state }] } });
    return decoder.decode({ data, encoding: 'text', direction: 'in' }).signals.map(({ type }) => type);
  };
  expect(hear('JOINED')).toEqual(['notify', 'presence']);
  expect(hear('ACTIVE')).toEqual(['notify']);
  expect(hear('DISCONNECTED')).toEqual(['notify', 'presence']);
  expect(hear('DISCONNECTED')).toEqual(['notify']);
});

it('finds the tracks an offer sends', () => {
  const section = (kind: string, mid: string, more: string): string =>
    `m=${kind} 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:${mid}\r\na=msid:s track-${mid}\r\n${more}`;
  const sdp = `v=0\r\n${section('audio', '0', 'a=sendrecv\r\n')}${section('video', '1', 'a=recvonly\r\n')}${section('video', '2', '')}m=application 9 X 1\r\na=mid:3\r\n`;
  expect(offeredTracks(sdp)).toEqual([
    { kind: 'audio', cid: 'track-0', mid: '0' },
    { kind: 'video', cid: 'track-2', mid: '2' },
  ]);
  expect(offeredTracks('m=video 0 X 96\r\na=mid:0\r\na=msid:s t\r\n')).toEqual([]);
});
