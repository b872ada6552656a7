import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { RenegoError } from '../../src/core/errors.ts';
import type { Client, ClientOutput, Frame, Protocol } from '../../src/protocols/protocol.ts';
import { build } from '../../src/protocols/template/build.ts';
import { match } from '../../src/protocols/template/match.ts';
import { compilePattern } from '../../src/protocols/template/pattern.ts';
import { templateProtocol } from '../../src/protocols/template/protocol.ts';
import type { TemplateSource } from '../../src/protocols/template/source.ts';
import { templateFromYaml } from '../../src/protocols/template/yaml.ts';

const SDP = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n';
const CANDIDATE = 'candidate:1 1 udp 1 192.0.2.1 9 typ host';
const text = (value: unknown, direction: Frame['direction'] = 'in'): Frame => ({
  data: typeof value === 'string' ? value : JSON.stringify(value),
  encoding: 'text',
  direction,
});
const sent = (outputs: readonly ClientOutput[] | undefined): unknown[] =>
  (outputs ?? []).flatMap((output) => (output.do === 'send' ? [parse(output.raw)] : []));
function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}

const messages = {
  offer: { op: 'call', to: '{{to}}', from: '{{from}}', body: { kind: 'offer', s: '{{sdp}}' } },
  answer: { op: 'call', to: '{{to}}', from: '{{from}}', body: { kind: 'answer', s: '{{sdp}}' } },
  candidate: { op: 'ice', to: '{{to}}', from: '{{from}}', c: '{{ice}}' },
  bye: { op: 'end', to: '{{to}}', from: '{{from}}' },
  joined: { op: 'came', who: '{{peer}}' },
  left: { op: 'went', who: '{{peer}}' },
};
const join = [
  { send: { op: 'enter', who: '{{as}}', where: '{{room}}' } },
  { expect: { op: 'entered', you: '{{self}}', others: '{{peers}}' } },
];
const rooms: TemplateSource = { name: 'rooms', carrier: 'json', join, messages };
const client = (source: TemplateSource = rooms): Client =>
  templateProtocol(source).client({ as: 'me', now: 7, room: 'lobby', url: 'ws://127.0.0.1/' });

describe('a pattern', () => {
  const values = { sdp: SDP, peer: 'bob', n: 7, list: ['a', 'b'], 'env.X': 'x' };
  test.each<[string, unknown]>([
    ['an object', { type: 'offer', sdp: '{{sdp}}' }],
    ['positions', ['call', '{{peer}}', { sdp: '{{sdp}}' }]],
    ['JSON in a string', { data: { $json: { sdp: '{{sdp}}', to: '{{peer}}' } } }],
    ['JSON in JSON in JSON', { $json: { a: { $json: { b: { $json: ['{{sdp}}', '{{n}}'] } } } } }],
    ['base64 of JSON', { payload: { $base64: { $json: { sdp: '{{sdp}}' } } } }],
    ['base64 of text', { payload: { $base64: '{{sdp}}' } }],
    ['gzip in base64', { payload: { $base64: { $gzip: { $json: { sdp: '{{sdp}}' } } } } }],
    ['words', 'SESSION {{peer}} of {{n}} {{sdp}}'],
    ['one of several', { $any: [['offer', '{{sdp}}'], { offer: '{{sdp}}' }] }],
    ['a number and a list', { n: '{{n}}', list: '{{list}}' }],
  ])('reads back what it writes: %s', (_, source) => {
    const pattern = compilePattern(source, []);
    const built = build(pattern, (name) => values[name as keyof typeof values]);
    const found = match(pattern, built);
    expect(found).toBeDefined();
    for (const [name, value] of found?.values ?? []) {
      const expected = values[name as keyof typeof values];
      // Between words a number is text.
      expect(typeof source === 'string' ? String(value) : value).toEqual(
        typeof source === 'string' ? String(expected) : expected,
      );
    }
  });

  it('ignores what it does not know, and leaves out what is optional', () => {
    const pattern = compilePattern({ type: 'x', mid: '{{mid?}}', to: '{{peer}}' }, []);
    expect(match(pattern, { type: 'x', to: 'b', more: 1 })?.values.get('peer')).toBe('b');
    expect(match(pattern, { type: 'x', mid: '0' })).toBeUndefined();
    expect(match(pattern, { type: 'y', to: 'b' })).toBeUndefined();
    expect(build(pattern, (name) => (name === 'peer' ? 'b' : undefined))).toEqual({ type: 'x', to: 'b' });
    expect(() => build(pattern, () => undefined)).toThrow(/\{\{peer\}\} has no value/);
  });

  it('takes a variable that stands twice only with the same value twice', () => {
    const pattern = compilePattern(['{{a}}', { again: '{{a}}' }], []);
    expect(match(pattern, [{ x: 1 }, { again: { x: 1 } }])).toBeDefined();
    expect(match(pattern, [1, { again: 2 }])).toBeUndefined();
  });

  it('forgets what the alternative that failed has seen', () => {
    const pattern = compilePattern(
      {
        $any: [
          ['{{a}}', 'x'],
          ['{{b}}', 'y'],
        ],
      },
      [],
    );
    expect([...(match(pattern, [1, 'y'])?.values ?? [])]).toEqual([['b', 1]]);
  });

  it('reads lists and keys item by item', () => {
    const each = compilePattern({ users: { $each: { id: '{{peer}}' } } }, []);
    expect(match(each, { users: [{ id: 'a' }, 3, { id: 'b' }] })?.each?.map((one) => one.get('peer'))).toEqual([
      'a',
      'b',
    ]);
    const keys = compilePattern({ users: { $keys: '{{peer}}' } }, []);
    expect(match(keys, { users: { a: {}, b: {} } })?.each?.map((one) => one.get('peer'))).toEqual(['a', 'b']);
  });

  it('survives whatever it is given', () => {
    const patterns = [
      'a {{x}} b {{y}} c',
      { $base64: { $gzip: '{{x}}' } },
      { $json: ['{{x}}'] },
      { $each: { a: '{{x}}' } },
    ];
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...patterns), (value, source) => {
        match(compilePattern(source, []), value);
      }),
    );
  });
});

describe('a system described by a template', () => {
  it('is joined step by step, and tells who is there', () => {
    const me = client();
    expect(sent(me.opened())).toEqual([{ op: 'enter', who: 'me', where: 'lobby' }]);
    expect(me.received(text({ op: 'entered', you: 7, others: [3, 7] }))).toEqual([
      { do: 'joined', as: 'me' },
      { do: 'presence', who: '3', change: 'join' },
    ]);
    expect(me.received(text({ op: 'came', who: 9 }))).toEqual([{ do: 'presence', who: '9', change: 'join' }]);
    expect(me.received(text({ op: 'went', who: 9 }))).toEqual([{ do: 'presence', who: '9', change: 'leave' }]);
  });

  it('writes names as the server wrote them, and hears only what is for it', () => {
    const me = client();
    me.opened();
    me.received(text({ op: 'entered', you: 7, others: [3] }));
    expect(sent(me.encode({ type: 'offer', pc: '3+me', sdp: SDP }, '3'))).toEqual([
      { op: 'call', to: 3, from: 7, body: { kind: 'offer', s: SDP } },
    ]);
    const answer = { op: 'call', to: 7, from: 3, body: { kind: 'answer', s: SDP } };
    expect(me.received(text(answer))).toEqual([
      { do: 'signal', from: '3', signal: { type: 'answer', pc: '3+me', sdp: SDP } },
    ]);
    expect(me.received(text({ ...answer, to: 8 }))).toEqual([]);
    expect(me.received(text({ ...answer, to: 3, from: 7 }))).toEqual([]);
    expect(me.received(text({ op: 'ice', to: 7, from: 3, c: null }))).toEqual([
      { do: 'signal', from: '3', signal: { type: 'end-of-candidates', pc: '3+me' } },
    ]);
    expect(me.encode({ type: 'pranswer', pc: '', sdp: SDP }, '3')).toBeUndefined();
  });

  it('meets a caller whom nobody has announced', () => {
    const me = client();
    me.opened();
    me.received(text({ op: 'entered', you: 7, others: [] }));
    const [met, heard] = me.received(text({ op: 'call', to: 7, from: 5, body: { kind: 'offer', s: SDP } }));
    expect(met).toEqual({ do: 'presence', who: '5', change: 'join', offers: 'them' });
    expect(heard).toMatchObject({ do: 'signal', from: '5' });
  });

  it('knows who offers from the role, or from the message', () => {
    const newcomer = client({ ...rooms, role: 'newcomer' });
    newcomer.opened();
    expect(newcomer.received(text({ op: 'entered', you: 7, others: [3] }))).toContainEqual({
      do: 'presence',
      who: '3',
      change: 'join',
      offers: 'us',
    });
    expect(newcomer.received(text({ op: 'came', who: 9 }))).toMatchObject([{ who: '9', offers: 'them' }]);
    const told = client({
      ...rooms,
      messages: { ...messages, joined: { op: 'came', who: '{{peer}}', start: '{{offerer}}' } },
    });
    told.opened();
    told.received(text({ op: 'entered', you: 7, others: [] }));
    expect(told.received(text({ op: 'came', who: 9, start: true }))).toMatchObject([{ offers: 'us' }]);
  });

  it('says what the server complains about: a refusal while joining, a problem later', () => {
    const me = client({ ...rooms, errors: [{ op: 'error', text: '{{why}}' }] });
    me.opened();
    expect(me.received(text({ op: 'error', text: 'full' }))).toEqual([{ do: 'refused', why: 'full' }]);
    me.received(text({ op: 'entered', you: 7, others: [] }));
    expect(me.received(text({ op: 'error', text: 'late' }))).toEqual([
      { do: 'problem', code: 'SERVER_ERROR', detail: 'late' },
    ]);
  });

  it('answers pings, keeps the connection alive and says goodbye', () => {
    const me = client({
      ...rooms,
      replies: [{ on: { op: 'ping', n: '{{n}}' }, send: { op: 'pong', n: '{{n}}' } }],
      keepalive: { every: '25s', send: { op: 'alive', seq: '{{seq}}' } },
      leave: { op: 'exit', who: '{{self}}' },
    });
    me.opened();
    expect(me.received(text({ op: 'entered', you: 7, others: [] }))).toContainEqual({
      do: 'wake',
      id: 'keepalive',
      after: 25_000,
    });
    expect(sent(me.received(text({ op: 'ping', n: 4 })))).toEqual([{ op: 'pong', n: 4 }]);
    expect(me.woken?.('keepalive')).toEqual([
      { do: 'send', raw: '{"op":"alive","seq":1}' },
      { do: 'wake', id: 'keepalive', after: 25_000 },
    ]);
    expect(sent(me.leave?.())).toEqual([{ op: 'exit', who: 7 }]);
  });

  it('keeps the values of a call, and finds by them whose message it is', () => {
    const source: TemplateSource = {
      ...rooms,
      messages: {
        offer: { op: 'call', peer: '{{peer}}', s: '{{session}}', sdp: '{{sdp}}' },
        answer: { op: 'take', s: '{{session}}', sdp: '{{sdp}}' },
        candidate: { op: 'ice', s: '{{session}}', c: '{{ice}}' },
      },
    };
    const me = client(source);
    me.opened();
    me.received(text({ op: 'entered', you: 7, others: [3, 4] }));
    me.received(text({ op: 'call', peer: 3, s: 'A', sdp: SDP }));
    me.received(text({ op: 'call', peer: 4, s: 'B', sdp: SDP }));
    expect(me.received(text({ op: 'ice', s: 'A', c: { candidate: CANDIDATE, sdpMid: '0' } }))).toMatchObject([
      { do: 'signal', from: '3' },
    ]);
    expect(sent(me.encode({ type: 'answer', pc: '', sdp: SDP }, '3'))).toEqual([{ op: 'take', s: 'A', sdp: SDP }]);
  });

  it('takes a server that passes on unchanged what a client wrote', () => {
    const source: TemplateSource = {
      ...rooms,
      join: [],
      messages: {
        offer: ['call', { to: '{{peer}}', from: '{{self?}}', offer: '{{desc}}' }],
        answer: ['take', { to: '{{peer}}', from: '{{self?}}', answer: '{{desc}}' }],
      },
    };
    const me = client(source);
    me.opened();
    const heard = me.received(text(['call', { to: 'me', from: 'bob', offer: { type: 'offer', sdp: SDP } }]));
    expect(heard).toMatchObject([
      { do: 'presence', who: 'bob' },
      { do: 'signal', from: 'bob' },
    ]);
  });

  it('says which value is missing instead of sending half a message', () => {
    const me = client({
      ...rooms,
      join: [],
      messages: { ...messages, bye: { send: { op: 'end', s: '{{s}}' }, recv: { s: '{{s}}', x: 1 } } },
    });
    me.opened();
    expect(me.encode({ type: 'bye', pc: '' }, '3')).toMatchObject([{ do: 'problem', code: 'TEMPLATE_VALUE' }]);
  });

  it('adds to the address what the template says, and keeps what the user said', () => {
    const connect = {
      path: '/signal/{{room}}',
      query: { token: '{{token}}', v: 2, none: '{{nothing?}}' },
      headers: { 'X-Name': '{{as}}' },
      subprotocol: 'odd',
    };
    const protocol = templateProtocol({ ...rooms, connect, params: { token: 'who you are' } });
    const options = { as: 'me', now: 1, room: 'a b', params: { token: 't&t' } };
    expect(protocol.address?.({ ...options, url: 'http://127.0.0.1:8080?x=1' })).toEqual({
      url: 'ws://127.0.0.1:8080/signal/a%20b?x=1&token=t%26t&v=2',
      subprotocols: ['odd'],
      headers: { 'X-Name': 'me' },
    });
    expect(protocol.address?.({ ...options, url: 'wss://h/own?v=1' }).url).toBe('wss://h/own?v=1&token=t%26t');
  });
});

describe('a template file', () => {
  const GOOD = [
    'carrier: json',
    'join:',
    '  - send: { op: enter, who: "{{as}}" }',
    'messages:',
    '  offer: { op: call, sdp: "{{sdp}}" }',
    '  answer: { op: take, sdp: "{{sdp}}" }',
    '  candidate: { op: ice, c: "{{ice}}" }',
    'keepalive: { every: 25s, send: { op: ping } }',
    'restart: offer',
  ];
  const read = (lines: readonly string[], env = {}): Protocol =>
    templateFromYaml({ text: lines.join('\n'), file: 'mine.yaml', name: 'mine', env });
  const faultOf = (lines: readonly string[]): RenegoError => {
    try {
      read(lines);
    } catch (thrown) {
      return thrown as RenegoError;
    }
    throw new Error('no fault');
  };
  const change = (line: number, by: string): string[] => GOOD.map((text, index) => (index === line - 1 ? by : text));

  it('is read', () => {
    const protocol = read(GOOD);
    expect(protocol.name).toBe('mine');
    expect(protocol.capabilities).toEqual({
      trickle: true,
      renegotiation: true,
      restart: 'offer',
      bye: false,
      endOfCandidates: false,
    });
  });

  test.each<[string, string[], string, RegExp]>([
    ['an unknown key', [...GOOD, 'mesages: {}'], '10:1', /Did you mean 'messages'/],
    ['an unknown carrier', change(1, 'carrier: socketio'), '1:10', /Did you mean 'socket\.io'/],
    ['a kind of message that is none', change(6, '  anwser: { sdp: "{{sdp}}" }'), '6:3', /Did you mean 'answer'/],
    ['no place for the SDP', change(5, '  offer: { op: call, sdp: "{{spd}}" }'), '5:10', /Put \{\{sdp\}\}/],
    ['a variable without a value', change(3, '  - send: { op: enter, who: "{{romm}}" }'), '3:11', /mean \{\{room\}\}/],
    ['a variable without quotes', change(3, '  - send: { op: enter, who: {{as}} }'), '3:30', /into quotes/],
    ['a broken variable', change(3, '  - send: { op: enter, who: "{{as}" }'), '3:29', /written \{\{name\}\}/],
    ['two variables in one', change(3, '  - send: "{{as}}{{room}}"'), '3:11', /separator/],
    ['a step that is misspelt', change(3, '  - sned: { op: enter }'), '3:5', /Did you mean 'send'/],
    ['a step that does nothing', change(3, '  - wave: { op: enter }'), '3:5', /send, ack, expect/],
    ['a list that is none', change(2, 'join: 7').filter((_, index) => index !== 2), '2:7', /Begin each entry/],
    ['a combinator that is none', change(7, '  candidate: { $jsn: "{{ice}}" }'), '7:16', /\$json, \$base64/],
    ['a duration that is none', change(8, 'keepalive: { every: soon, send: { op: ping } }'), '8:21', /25s/],
    ['a restart that is none', change(9, 'restart: maybe'), '9:10', /reconnect/],
    ['a role that is none', change(9, 'role: newcommer'), '9:7', /Did you mean 'newcomer'/],
    ['no answer', GOOD.filter((line) => !line.includes('answer')), '5:3', /Add answer:/],
    ['broken YAML', change(4, 'messages: ['), '6:3', /YAML/],
    ['nothing', [], '1:1', /messages/],
  ])('with %s says where, and what to do', (_, lines, place, hint) => {
    const fault = faultOf(lines);
    expect(fault).toMatchObject({ name: 'RenegoError', kind: 'usage', code: 'TEMPLATE' });
    expect(fault.message).toContain(`mine.yaml:${place}: `);
    expect(fault.hint).toMatch(hint);
  });

  it('takes values from the environment, and says which is missing', () => {
    const lines = change(3, '  - send: { op: enter, who: "{{env.TOKEN}}" }');
    const client = read(lines, { TOKEN: 'secret' }).client({ as: 'me', now: 1 });
    expect(sent(client.opened())).toEqual([{ op: 'enter', who: 'secret' }]);
    expect(faultOf(lines).message).toContain('the environment has no TOKEN');
  });

  test.each([
    ['offer', 'offer'],
    ['{ request: { op: again } }', 'ask'],
    ['reconnect', { why: expect.stringContaining('hang up and call again') }],
    ['unsupported', { why: expect.stringContaining('no way') }],
  ])('says how ICE restarts: %s', (source, restart) => {
    expect(read(change(9, `restart: ${source}`)).capabilities.restart).toEqual(restart);
  });

  it('does not choke on hostile YAML', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefgh'].map((line, index) =>
      index === 0 ? line : `${line}: &${line} [${`*${'abcdefg'[index - 1]},`.repeat(9)}]`,
    );
    expect(() => read(bomb)).toThrow();
    fc.assert(
      fc.property(fc.string(), (noise) => {
        try {
          read([noise]);
        } catch (thrown) {
          expect((thrown as RenegoError).code).toBe('TEMPLATE');
        }
      }),
      { numRuns: 100 },
    );
  });
});
