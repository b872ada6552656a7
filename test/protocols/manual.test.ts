import { expect, it } from 'vitest';
import { manual } from '../../src/protocols/manual.ts';

const [example] = manual.examples;
const SDP = (JSON.parse(example?.frame.data ?? '') as { sdp: string }).sdp;
const client = (params: Readonly<Record<string, string>> = {}) => manual.client({ as: 'me', now: 0, params });
const paste = (data: string) => ({ data, encoding: 'text', direction: 'in' }) as const;
const answer = { type: 'answer', pc: 'me+peer', sdp: SDP } as const;

it.each([
  ['JSON', JSON.stringify({ type: 'offer', sdp: SDP }), /^\{"type":"answer"/],
  ['base64', btoa(JSON.stringify({ type: 'offer', sdp: SDP })), /^[\w+/]+=*$/],
  ['SDP', SDP, /^v=0\r\n/],
  ['SDP whose line ends became those of a terminal', SDP.replaceAll('\r\n', '\n'), /^v=0\r\n/],
])('an offer pasted as %s is read, and answered alike', (_title, text, written) => {
  const me = client();
  expect(me.received(paste(text))).toMatchObject([{ do: 'signal', signal: { type: 'offer', pc: 'me+peer' } }]);
  expect(me.encode(answer, 'peer')).toEqual([{ do: 'send', raw: expect.stringMatching(written) }]);
});

it('the format can be asked for', () => {
  expect(client({ format: 'sdp' }).encode(answer, 'peer')).toEqual([{ do: 'send', raw: SDP }]);
  expect(client({ format: 'xml' }).opened()).toMatchObject([{ do: 'refused', hint: 'There are json, base64, sdp.' }]);
});

it('what is no description is said to be none', () => {
  expect(client().received(paste('what?'))).toMatchObject([{ do: 'problem', code: 'NOT_READ' }]);
});
