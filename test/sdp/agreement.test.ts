import { describe, expect, it } from 'vitest';
import { agree, describeAgreement } from '../../src/sdp/agreement.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import { edited, put, swap } from './diff/edits.ts';
import { rowsOf } from './diff/scenarios.ts';
import { fixture } from './fixtures.ts';

const offerText = fixture('chromium-156-offer-av-data');
const answerText = fixture('chromium-156-answer-av-data');
const parties = { offerer: 'alice', answerer: 'bob' };

function sentences(offer: string, answer: string): string[] {
  const agreement = agree(parseSdp(offer), parseSdp(answer), parties);
  return describeAgreement(agreement).map(({ mid, sentence }) => `${mid ?? '-'} ${sentence}`);
}

describe('agree', () => {
  it('tells flows, codecs, data and the transport of a call', () => {
    expect(sentences(offerText, answerText)).toMatchInlineSnapshot(`
      [
        "0 Audio flows both ways with opus (111) first of 4 codecs.",
        "1 Video flows both ways with VP8 (96, +rtx) first of 10 codecs; feedback goog-remb, transport-cc, ccm fir, nack and nack pli.",
        "2 Data channels work both ways, messages up to 256 KiB.",
        "- One transport for mids 0, 1 and 2 (tag 0): RTCP multiplexed, bob is the DTLS client, alice controls ICE.",
      ]
    `);
  });

  it('has a flow only where one sends and the other receives', () => {
    const flows = (offered: string, answered: string) => {
      const agreement = agree(
        parseSdp(edited(offerText, put(59, `a=${offered}`))),
        parseSdp(swapVideo(answered)),
        parties,
      );
      const video = agreement.sections[1];
      return [video?.toAnswerer, video?.toOfferer];
    };
    expect(flows('sendrecv', 'sendrecv')).toEqual([true, true]);
    expect(flows('sendrecv', 'recvonly')).toEqual([true, false]);
    expect(flows('recvonly', 'sendonly')).toEqual([false, true]);
    expect(flows('sendonly', 'sendonly')).toEqual([false, false]);
    expect(flows('inactive', 'inactive')).toEqual([false, false]);
  });

  it('uses the number of the receiver where the two differ', () => {
    const remapped = edited(
      answerText,
      swap(/\b111\b/, '109'),
      swap(/UDP\/TLS\/RTP\/SAVPF 111/, 'UDP/TLS/RTP/SAVPF 109'),
    );
    const opus = agree(parseSdp(offerText), parseSdp(remapped)).sections[0]?.codecs[0];
    expect([opus?.name, opus?.toAnswerer, opus?.toOfferer]).toEqual(['opus', '109', '111']);
    expect(sentences(offerText, remapped)[0]).toContain('opus (109 to bob, 111 to alice)');
  });

  it('says why a section carries nothing', () => {
    const [offer, answer] = rowsOf('s13b');
    expect(sentences(offer?.sdp ?? '', answer?.sdp ?? '')).toContain(
      '1 Video carries nothing: declined, no codec in common.',
    );
    const stopped = edited(offerText, put(162, 'm=application 0 UDP/DTLS/SCTP webrtc-datachannel'));
    expect(sentences(stopped, answerText)).toContain('2 Data carries nothing: stopped in the offer.');
    expect(sentences(offerText, answerText.slice(0, answerText.indexOf('m=application')))).toContain(
      '2 Data carries nothing: the answer has no m-line for it.',
    );
  });

  it('finds an accepted section without a common codec', () => {
    const alien = edited(answerText, swap(/^a=rtpmap:(\d+) (VP8|VP9|H264|AV1)\/90000$/, 'a=rtpmap:$1 X-$2/90000'));
    expect(sentences(offerText, alien)[1]).toBe(
      'Video was accepted (both ways), but no codec is shared: nothing can be decoded.'.replace(/^/, '1 '),
    );
  });

  it('gives the DTLS client and the controlling side', () => {
    const transport = (offer: string, answer: string) => agree(parseSdp(offer), parseSdp(answer)).transports[0];
    expect(transport(offerText, answerText)).toMatchObject({
      tag: '0',
      mids: ['0', '1', '2'],
      rtcpMux: true,
      dtlsClient: 'answerer',
      iceControlling: 'offerer',
    });
    expect(transport(offerText, answerText.replaceAll('setup:active', 'setup:passive'))).toMatchObject({
      dtlsClient: 'offerer',
    });
    expect(transport(offerText.replace('m=audio', 'a=ice-lite\r\nm=audio'), answerText)).toMatchObject({
      iceControlling: 'answerer',
    });
  });

  it('limits messages by what their receiver says, 64 KiB if nothing', () => {
    const data = agree(parseSdp(offerText), parseSdp(edited(answerText, swap(/^a=max-message-size:.*$/, 'a=x'))))
      .sections[2];
    expect([data?.limits.toAnswerer.messageSize, data?.limits.toOfferer.messageSize]).toEqual([65_536, 262_144]);
  });
});

/** The answer with another direction in its video section. */
function swapVideo(direction: string): string {
  const at = answerText.indexOf('m=video');
  return answerText.slice(0, at) + answerText.slice(at).replace('a=sendrecv', `a=${direction}`);
}
