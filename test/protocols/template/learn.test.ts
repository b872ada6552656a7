import { describe, expect, it, test } from 'vitest';
import type { RenegoError } from '../../../src/core/errors.ts';
import { readSession } from '../../../src/importers/index.ts';
import type { Frame } from '../../../src/protocols/protocol.ts';
import { learn } from '../../../src/protocols/template/learn/learn.ts';
import { toYaml } from '../../../src/protocols/template/learn/write.ts';
import { templateFromYaml } from '../../../src/protocols/template/yaml.ts';

const sdp = (setup: string, of: number): string =>
  `v=0\r\no=- ${of} 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=setup:${setup}\r\n`;
const ice = (number: number, of: number) => ({
  candidate: `candidate:${number} 1 udp 2122194687 192.0.2.1 5765${number} typ host generation 0 ufrag ab${of}`,
  sdpMid: '0',
  sdpMLineIndex: 0,
});
const OFFER = { type: 'offer', sdp: sdp('actpass', 1) };
const ANSWER = { type: 'answer', sdp: sdp('active', 2) };

/** A capture: `a>` goes to the server, `a<` comes from it. */
function capture(...frames: readonly (readonly [string, unknown])[]): string {
  const lines = frames.map(([way, message], index) => ({
    t: 1_795_247_554_000 + index * 40,
    dir: way.endsWith('>') ? 'c2s' : 's2c',
    conn: way.slice(0, -1),
    opcode: 'text',
    data: typeof message === 'string' ? message : JSON.stringify(message),
  }));
  return lines.map((line) => JSON.stringify(line)).join('\n');
}

function learned(text: string) {
  const { header, events } = readSession(text, 'capture');
  const result = learn(header, events);
  const yaml = toYaml(result, 'a capture', 'renego connect …');
  return { ...result, yaml, protocol: templateFromYaml({ text: yaml, file: 'mine.yaml', name: 'mine', env: {} }) };
}

/** What the learned template makes of the recording itself, of one connection. */
function reread(text: string, conn: string) {
  const { protocol } = learned(text);
  const decoder = protocol.decoder({ client: 'me', server: 'server' });
  const frames = text.split('\n').map((line) => JSON.parse(line) as Record<string, string>);
  return frames
    .filter((one) => one.conn === conn)
    .flatMap(({ data = '', dir }) => {
      const frame: Frame = { data, encoding: 'text', direction: dir === 'c2s' ? 'out' : 'in' };
      return decoder.decode(frame).signals.map(({ type }) => `${type} ${frame.direction}`);
    });
}

const say = (way: string, peer: string, message: unknown): (readonly [string, unknown])[] => [
  [`${way}>`, message],
  [`${peer}<`, message],
];

const ODD = capture(
  ['a>', { op: 'enter', who: 'alice', where: 'lobby' }],
  ['a<', { op: 'welcome', you: 7, others: [] }],
  ['a<', { op: 'ping' }],
  ['a>', { op: 'pong' }],
  ['b>', { op: 'enter', who: 'bob', where: 'lobby' }],
  ['b<', { op: 'welcome', you: 9, others: [7] }],
  ['a<', { op: 'came', who: 9 }],
  ...say('a', 'b', { op: 'call', to: 9, from: 7, body: { kind: 'offer', s: OFFER.sdp } }),
  ...say('a', 'b', { op: 'ice', to: 9, from: 7, c: ice(1, 1) }),
  ...say('b', 'a', { op: 'call', to: 7, from: 9, body: { kind: 'answer', s: ANSWER.sdp } }),
  ...say('b', 'a', { op: 'ice', to: 7, from: 9, c: ice(1, 2) }),
  ...say('b', 'a', { op: 'end', to: 7, from: 9 }),
  ['a<', { op: 'went', who: 9 }],
);

describe('a template learned from a recording', () => {
  it('has the messages, the way in, who comes and goes, the pings', () => {
    expect(learned(ODD).template).toEqual({
      carrier: 'json',
      role: 'resident',
      join: [
        { send: { op: 'enter', who: '{{as}}', where: '{{room}}' } },
        { expect: { op: 'welcome', you: '{{self}}', others: '{{peers}}' } },
      ],
      messages: {
        offer: { op: 'call', to: '{{to}}', from: '{{from}}', body: { kind: 'offer', s: '{{sdp}}' } },
        answer: { op: 'call', to: '{{to}}', from: '{{from}}', body: { kind: 'answer', s: '{{sdp}}' } },
        candidate: { op: 'ice', to: '{{to}}', from: '{{from}}', c: '{{ice}}' },
        bye: { op: 'end', to: '{{to}}', from: '{{from}}' },
        joined: { send: null, recv: { op: 'came', who: '{{peer}}' } },
        left: { send: null, recv: { op: 'went', who: '{{peer}}' } },
      },
      replies: [{ on: { op: 'ping' }, send: { op: 'pong' } }],
      restart: 'offer',
    });
  });

  it('says in comments what it assumed', () => {
    const { yaml } = learned(ODD);
    expect(yaml).toMatch(
      /^# Learned from a capture\. .*\n# With it, renego reads 2 of 2 offers, 2 of 2 answers, 4 of 4 candidates of this recording\.\n# renego connect …\n\ncarrier: json\n# As in the recording: who was there called\.\nrole: resident\n/,
    );
    expect(yaml).toContain('offer: { op: call, to: "{{to}}", from: "{{from}}", body: { kind: offer, s: "{{sdp}}" } }');
    expect(yaml).toContain('# Assumed: an ICE restart is an ordinary offer.');
  });

  it.each(['a', 'b'])('reads its own recording, at %s', (conn) => {
    const said = reread(ODD, conn);
    const [offer, answer] = conn === 'a' ? ['out', 'in'] : ['in', 'out'];
    expect(said).toEqual(
      expect.arrayContaining([`offer ${offer}`, `answer ${answer}`, 'candidate in', 'candidate out', `bye ${answer}`]),
    );
    expect(said.filter((one) => one.startsWith('other'))).toEqual([]);
  });

  it('finds where the server says who offers, and how ICE is restarted', () => {
    const ufrag = (description: { type: string; sdp: string }, one: string) => ({
      ...description,
      sdp: `${description.sdp}a=ice-ufrag:${one}\r\n`,
    });
    const call = (...more: readonly (readonly [string, unknown])[]) =>
      learned(
        capture(
          ['a>', { type: 'register', roomId: 'lobby', clientId: 'c1' }],
          ['a<', { type: 'accept', iceServers: [], isExistClient: false, secure: true }],
          ['b>', { type: 'register', roomId: 'lobby', clientId: 'c2' }],
          ['b<', { type: 'accept', iceServers: [], isExistClient: true, secure: true }],
          ...say('b', 'a', ufrag(OFFER, 'one')),
          ...say('a', 'b', ufrag(ANSWER, 'two')),
          ...more,
        ),
      );
    const plain = call();
    expect(plain.template).toMatchObject({
      peer: 'peer',
      join: [
        { send: { type: 'register', roomId: '{{room}}' } },
        { expect: { type: 'accept', isExistClient: '{{offerer}}' } },
      ],
    });
    expect(plain.template.role).toBeUndefined();
    expect(plain.yaml).toContain('# Who offers is told by isExistClient in accept.');
    const again = call(...say('b', 'a', ufrag({ ...OFFER, sdp: sdp('actpass', 1) }, 'three')));
    expect([again.template.restart, again.yaml]).toEqual(['offer', expect.stringContaining('# As in the recording.')]);
    const asked = call(...say('a', 'b', { type: 'ice-restart' }), ...say('b', 'a', ufrag(OFFER, 'three')));
    expect(asked.template.restart).toEqual({ request: { type: 'ice-restart' } });
  });

  it('knows an address that the server turns into the sender, also where it saw one direction only', () => {
    const event = (...args: unknown[]): string => `42${JSON.stringify(args)}`;
    const { template } = learned(
      capture(
        ['a<', '0{"sid":"e1","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":100000}'],
        ['a>', '40'],
        ['a<', '40{"sid":"Sock-1234"}'],
        ['a>', event('join', 'lobby')],
        ['a<', event('offer', { offer: OFFER, from: 'Peer-5678' })],
        ['a>', event('answer', { to: 'Peer-5678', from: 'Sock-1234', answer: ANSWER })],
        ['a<', event('ice-candidate', { candidate: ice(1, 1), from: 'Peer-5678' })],
        ['a>', event('ice-candidate', { to: 'Peer-5678', from: 'Sock-1234', candidate: ice(1, 2) })],
      ),
    );
    expect(template).toMatchObject({ carrier: 'socket.io', self: '{{sid}}', join: [{ send: ['join', '{{room}}'] }] });
    expect(template.messages).toEqual({
      offer: {
        send: ['offer', { to: '{{to}}', from: '{{from}}', offer: '{{desc}}' }],
        recv: ['offer', { offer: '{{desc}}', from: '{{from}}' }],
      },
      answer: {
        send: ['answer', { to: '{{to}}', from: '{{from}}', answer: '{{desc}}' }],
        recv: ['answer', { from: '{{from}}', answer: '{{desc}}' }],
      },
      candidate: {
        send: ['ice-candidate', { to: '{{to}}', from: '{{from}}', candidate: '{{ice}}' }],
        recv: ['ice-candidate', { candidate: '{{ice}}', from: '{{from}}' }],
      },
    });
    expect(template.role).toBeUndefined();
  });

  it('unfolds JSON in strings and base64, gives back what the server gave, and makes afresh what is fresh', () => {
    const pack = (value: unknown): string => btoa(JSON.stringify(value));
    const { template } = learned(
      capture(
        ['a<', { type: 'hello', ticket: 'ab12cd34ef' }],
        ['a>', { type: 'login', ticket: 'ab12cd34ef', at: 1_795_247_554_000 }],
        ['a>', { type: 'sdp', n: 1, data: JSON.stringify(OFFER) }],
        ['a<', { type: 'sdp', data: JSON.stringify(ANSWER) }],
        ['a>', { type: 'ice', n: 2, data: pack(ice(1, 1)) }],
        ['a>', { type: 'ice', n: 3, data: pack(ice(2, 1)) }],
      ),
    );
    expect(template.join).toEqual([
      { expect: { type: 'hello', ticket: '{{given_ticket}}' } },
      { send: { type: 'login', ticket: '{{given_ticket}}', at: '{{now}}' } },
    ]);
    expect(template.peer).toBe('peer');
    expect(template.messages.candidate).toMatchObject({
      send: { type: 'ice', n: '{{seq}}', data: { $base64: { $json: '{{ice}}' } } },
    });
    expect(template.messages.offer).toMatchObject({ send: { type: 'sdp', data: { $json: '{{desc}}' } } });
  });

  test.each([
    ['no description', capture(['a>', { type: 'chat', text: 'hello' }]), /no WebSocket message/],
    ['no answer', capture(['a>', { type: 'x', desc: OFFER }]), /holds no answer/],
  ])('needs a call: %s', (_, text, why) => {
    const { header, events } = readSession(text, 'capture');
    try {
      learn(header, events);
    } catch (thrown) {
      expect((thrown as RenegoError).message).toMatch(why);
      expect((thrown as RenegoError).code).toBe('NOTHING_TO_LEARN');
      return;
    }
    throw new Error('it learned something');
  });
});
