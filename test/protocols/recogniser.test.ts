/** What the parts of the recogniser promise each other; the systems it reads are in recogniser/systems.test.ts. */
import { describe, expect, it } from 'vitest';
import { candidateTarget, readFragment, splitByBars } from '../../src/protocols/recogniser/candidate.ts';
import { shortId } from '../../src/protocols/recogniser/ids.ts';
import { senseOf } from '../../src/protocols/recogniser/senses.ts';
import { toldBy } from '../../src/protocols/recogniser/words.ts';

describe('candidates', () => {
  it.each([
    [
      { sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'u' },
      { mid: '0', mLine: 0, ufrag: 'u' },
    ],
    [
      { sdp_mid: 0, sdp_mline_index: 1 },
      { mid: '0', mLine: 1 },
    ],
    [
      { label: 1, id: 'video' },
      { mid: 'video', mLine: 1 },
    ],
    [{ id: 'bob' }, {}],
    [{ sdpMid: '' }, { mLine: 0 }],
  ])('%j is for %j', (init, target) => expect(candidateTarget(init)).toEqual(target));

  it('of MixedReality-WebRTC have their section behind bars', () => {
    expect(splitByBars('candidate:1 1 udp 1 h 1 typ host|1|video')).toEqual({
      candidate: 'candidate:1 1 udp 1 h 1 typ host',
      mLine: 1,
      mid: 'video',
    });
  });

  it('of a fragment have its sections and credentials', () => {
    const text =
      'a=ice-ufrag:u\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1 1 udp 1 h 1 typ host\r\na=end-of-candidates\r\n';
    expect(readFragment(text)).toEqual({
      ufrag: 'u',
      items: [
        { candidate: 'candidate:1 1 udp 1 h 1 typ host', mid: '0', ufrag: 'u' },
        { candidate: null, mid: '0', ufrag: 'u' },
      ],
    });
  });
});

describe('words', () => {
  it.each([
    ['video-offer', 'offer', true],
    ['sdpAnswer', 'answer', true],
    ['ans', 'answer', true],
    ['call:accepted', 'answer', false],
    ['peer:nego:needed', 'offer', false],
    ['callUser', 'offer', false],
    ['SDP_OFFER', 'offer', true],
  ])('%s tells of an %s', (word, type, plain) => expect(toldBy(word)).toEqual({ type, plain }));
  it.each(['message', 'offerOrAnswer', 'officer', 'transaction'])('%s tells nothing', (word) =>
    expect(toldBy(word)).toBeUndefined(),
  );
  it.each([
    ['m.call.hangup', 'bye'],
    ['BYE', 'bye'],
    ['hang-up', 'bye'],
    ['endSession', 'bye'],
    ['webrtc/ice-restart', 'ask'],
    ['endOfCandidates', 'end'],
    ['message', undefined],
    ['closed captions', undefined],
    ['call.rejected', 'bye'],
    ['SessionDisconnected', 'bye'],
    ['sdm.devices.commands.CameraLiveStream.StopWebRtcStream', 'bye'],
    ['user-disconnected', undefined],
    ['OFFER_REQUEST', 'ask'],
    ['iceComplete', 'end'],
  ])('%s says %s', (word, sense) => expect(senseOf(word)).toBe(sense));
});

it.each([
  ['mc_3yz5', 'mc_3yz5'],
  ['\u0014¡õ', '14a1f5'],
])('%j is shown as %s', (id, shown) => expect(shortId(id)).toBe(shown));
