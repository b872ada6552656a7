import { expect, it } from 'vitest';
import { readSession } from '../../src/importers/index.ts';

const text = (setup: string, id: number) =>
  `v=0\r\no=- ${id} 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=setup:${setup}\r\n`;
const said = (input: string) =>
  readSession(input).events.map((event) => [event.from, event.kind === 'message' ? event.signals[0] : undefined]);

it('a description that offers is the offer of a', () => {
  expect(said(text('actpass', 1))).toEqual([['a', { type: 'offer', pc: 'a+b', sdp: text('actpass', 1) }]]);
});

it('a description that answers is the answer of b', () => {
  expect(said(text('active', 1))).toEqual([['b', { type: 'answer', pc: 'a+b', sdp: text('active', 1) }]]);
});

it('several are a conversation, without the blank lines between them', () => {
  const [first, second] = [text('actpass', 1), text('active', 2)];
  expect(said(`${first}\r\n\r\n${second}`)).toMatchObject([
    ['a', { type: 'offer', sdp: first }],
    ['b', { type: 'answer', sdp: second }],
  ]);
});

it('a single description stays as it is, to the last byte', () => {
  const odd = `${text('actpass', 1)}\r\n `;
  expect(said(odd)[0]?.[1]).toHaveProperty('sdp', odd);
});

it('the JSON of a description is one', () => {
  expect(said(JSON.stringify({ type: 'pranswer', sdp: text('active', 1) }))).toMatchObject([
    ['b', { type: 'pranswer' }],
  ]);
});
