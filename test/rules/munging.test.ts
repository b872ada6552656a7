import { expect, test } from 'vitest';
import { anAnswer, anOffer, edit } from '../../src/rules/example.ts';
import { marksOf } from '../../src/rules/munging.ts';
import { parseSdp } from '../../src/sdp/parse.ts';

const AV = anOffer(['audio', 'video', 'data']);

function marks(text: string, type: 'offer' | 'answer' = 'offer', writer: 'libwebrtc' | 'firefox' = 'libwebrtc') {
  return marksOf({ sdp: parseSdp(text), type, base: undefined }, writer).map(
    ({ what, strong }) => `${strong ? '' : '? '}${what}`,
  );
}

test('none in what the browser wrote', () => {
  expect(marks(AV)).toEqual([]);
  expect(marks(anAnswer(['audio', 'video', 'data']), 'answer')).toEqual([]);
});

test.each([
  ['a limit', edit(AV, ['t=0 0', 'b=AS:1\r\nt=0 0']), ['b=AS']],
  ['a parameter', edit(AV, ['useinbandfec=1', 'useinbandfec=1;maxaveragebitrate=1']), ['maxaveragebitrate']],
  ['old simulcast', `${anOffer(['video'])}a=ssrc-group:SIM 1 2\r\n`, ['a=ssrc-group:SIM']],
  ['a role', edit(AV, ['actpass', 'passive']), ['a=setup:passive in an offer']],
  ['no msid', edit(AV, [/a=msid:.*\r\n/, '']), ['no a=msid in audio that sends']],
  ['no rtcp', edit(AV, [/a=rtcp:.*\r\n/, '']), ['no a=rtcp in audio']],
  ['no mid extension', edit(AV, [/a=extmap:4.*\r\n/, '']), ['no header extension sdes:mid in audio']],
  ['no mixed headers', edit(AV, ['a=extmap-allow-mixed\r\n', '']), ['no a=extmap-allow-mixed']],
  ['no rtx', edit(AV, [' 96 97', ' 96'], [/a=rtpmap:97.*\r\na=fmtp:97.*\r\n/, '']), ['? no rtx for any video codec']],
  ['rtx in front', edit(AV, [' 96 97', ' 97 96']), ['rtx away from its codec']],
  [
    'one codec without rtx',
    edit(AV, [' 96 97', ' 96 97 98'], ['a=rtpmap:97', 'a=rtpmap:98 VP9/90000\r\na=rtcp-fb:98 nack\r\na=rtpmap:97']),
    ['VP9 without rtx'],
  ],
  ['one bare line end', edit(AV, ['\r\n', '\n']), ['some lines end in LF only']],
  ['bare line ends', AV.replaceAll('\r\n', '\n'), ['? lines end in LF only']],
])('%s', (_name, text, expected) => {
  expect(marks(text)).toEqual(expected);
});

test('an answer has the codecs as the offer has them', () => {
  const offered = edit(AV, [' 96 97', ' 97 96']);
  const answer = edit(anAnswer(['audio', 'video', 'data']), [' 96 97', ' 97 96']);
  const description = { sdp: parseSdp(answer), type: 'answer', base: undefined } as const;
  expect(marksOf(description, 'libwebrtc', parseSdp(offered))).toEqual([]);
  expect(marksOf(description, 'libwebrtc', parseSdp(AV)).map(({ what }) => what)).toEqual(['rtx away from its codec']);
});

test('Firefox writes stereo=1 itself and no a=rtcp', () => {
  const text = edit(AV, ['useinbandfec=1', 'stereo=1'], [/a=rtcp:.*\r\n/, ''], [/a=rtcp:.*\r\n/, '']);
  expect(marks(text, 'offer', 'firefox')).toEqual([]);
  expect(marks(edit(AV, ['useinbandfec=1', 'x-google-start-bitrate=1']), 'offer', 'firefox')).toEqual([
    'x-google-start-bitrate',
  ]);
});
