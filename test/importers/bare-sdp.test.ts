import { expect, it } from 'vitest';
import { bareSdp, describedIn, isBareSdp } from '../../src/importers/bare-sdp.ts';
import { readWith } from '../../src/importers/reading.ts';

const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';

it('begins with v=0, whatever blanks or byte order mark stand before it', () => {
  const heads = [SDP, `\ufeff\n ${SDP}`, `Local SDP\n${SDP}`, '{"sdp":"v=0\\r\\n"}', 'v=0'];
  expect(heads.map(isBareSdp)).toEqual([true, true, false, false, false]);
});

it('is a conversation of two: offer, answer, without the blank lines between', () => {
  expect(describedIn(`${SDP}\r\n\r\n${SDP}`).map(({ type, sdp }) => [type, sdp])).toEqual([
    ['offer', SDP],
    ['answer', SDP],
  ]);
  expect(readWith(bareSdp, `${SDP}${SDP}`, 'x').events.map(({ from, to }) => [from, to])).toEqual([
    ['a', 'b'],
    ['b', 'a'],
  ]);
});

it('is nothing where no line is v=0', () => {
  expect(describedIn('{"sdp":"v=0\\r\\n"}')).toEqual([]);
});

it('ends with its block in Markdown', () => {
  const text = `My offer:\n\n\`\`\`sdp\n${SDP}\`\`\`\n\nand the answer:\n\n  ~~~\n${SDP}  ~~~\n`;
  expect(describedIn(text)).toEqual([
    { type: 'offer', sdp: SDP },
    { type: 'answer', sdp: SDP },
  ]);
});
