import { beforeAll, expect, it } from 'vitest';
import type { ClientOptions, ClientOutput } from '../../../src/protocols/protocol.ts';
import { sip } from '../../../src/protocols/sip/index.ts';
import {
  headerOf,
  isRequest,
  readSip,
  type SipMessage,
  type SipRequest,
  valuesOf,
  writeSip,
} from '../../../src/protocols/sip/message.ts';

beforeAll(() => sip.load?.());

const sdp = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n';
const SDP = [['Content-Type', 'application/sdp']] as const;

function parse(data: string): SipMessage {
  const message = readSip({ data, encoding: 'text', direction: 'out' });
  if ('fault' in message) throw new Error(`${message.fault}: ${data}`);
  return message;
}

/** A client and what it says, with a server that is played by hand. */
function agent(params: Record<string, string> = {}, options: Partial<ClientOptions> = {}) {
  const url = 'ws://sig.test:5062/';
  const client = sip.client({ as: 'alice', to: 'bob', now: 0, url, params: { password: 'pa', ...params }, ...options });
  const sent: SipMessage[] = [];
  const outputs: ClientOutput[] = [];
  function take(all: readonly ClientOutput[] | undefined): readonly ClientOutput[] {
    for (const output of all ?? []) {
      if (output.do === 'send') sent.push(parse(output.raw));
      else outputs.push(output);
    }
    return all ?? [];
  }
  const hear = (data: string) => take(client.received({ data, encoding: 'text', direction: 'in' }));
  const last = (): SipMessage => {
    const message = sent.at(-1);
    if (!message) throw new Error('nothing was sent');
    return message;
  };
  const line = (message: SipMessage): string => (isRequest(message) ? message.method : `${message.status}`);
  /** Answers one of ours. */
  function reply(status: string, more: readonly (readonly [string, string])[] = [], body?: string, to = last()) {
    const tagged = /;tag=/.test(headerOf(to, 'To')) ? headerOf(to, 'To') : `${headerOf(to, 'To')};tag=b1`;
    const head = ['Via', 'From', 'Call-ID', 'CSeq'].map((name) => [name, headerOf(to, name)] as const);
    const type = body === undefined ? [] : SDP;
    return hear(writeSip(`SIP/2.0 ${status}`, [...head, ['To', tagged], ...more, ...type], body));
  }
  /** Asks us for something. */
  function request(method: string, cseq: number, more: Partial<Record<string, string>> = {}, body?: string) {
    const { from = '<sip:bob@sig.test>;tag=b1', to = '<sip:alice@sig.test>', id = 'their-call' } = more;
    const head = [
      ['Via', `SIP/2.0/WS p;branch=z9hG4bK${cseq}${method}`],
      ['From', from],
      ['To', to],
      ['Call-ID', id],
      ['CSeq', `${cseq} ${method}`],
      ['Contact', '<sip:bob@y.invalid>'],
      ['Record-Route', '<sip:p1;lr>, <sip:p2;lr>'],
      ...(body === undefined ? [] : SDP),
    ] as const;
    return hear(writeSip(`${method} sip:alice@x.invalid SIP/2.0`, head, body));
  }
  take(client.opened());
  return { client, sent, outputs, take, hear, last, line, reply, request };
}

type Agent = ReturnType<typeof agent>;
const CONTACT = [['Contact', '<sip:bob@y.invalid>;expires=120']] as const;
const ROUTES = [...CONTACT, ['Record-Route', '<sip:p2;lr>'], ['Record-Route', '<sip:p1;lr>']] as const;

function registered(one: Agent = agent()): Agent {
  one.reply('401 Unauthorized', [['WWW-Authenticate', 'Digest realm="sig.test", nonce="n1", qop="auth"']]);
  one.reply('200 OK', CONTACT);
  return one;
}

/** In a call of ours with bob. */
function calling(): Agent & { pc: string } {
  const one = registered();
  const pc = one.client.newPc?.('bob') ?? '';
  one.take(one.client.encode({ type: 'offer', pc, sdp }, 'bob'));
  one.reply('200 OK', ROUTES, sdp);
  return { ...one, pc };
}

const signal = (type: string, pc: string, from = 'bob') => ({
  do: 'signal',
  from,
  signal: { type, pc, ...(type === 'bye' ? {} : { sdp }) },
});

it('registers with what it is asked for, again in time, keeps the connection alive, and leaves', () => {
  const one = agent();
  expect(one.last()).toMatchObject({ method: 'REGISTER', uri: 'sip:sig.test' });
  expect(headerOf(one.last(), 'Authorization')).toBe('');
  one.reply('401 Unauthorized', [['WWW-Authenticate', 'Digest realm="sig.test", nonce="n1", qop="auth"']]);
  expect(headerOf(one.last(), 'CSeq')).toBe('2 REGISTER');
  expect(headerOf(one.last(), 'Authorization')).toMatch(
    /^Digest username="alice", realm="sig.test", nonce="n1", uri="sip:sig.test"/,
  );
  one.reply('200 OK', CONTACT);
  expect(one.outputs).toEqual([
    { do: 'joined', as: 'alice' },
    { do: 'wake', id: 'keepalive', after: 25_000 },
    { do: 'presence', who: 'bob', change: 'join' },
    { do: 'wake', id: 'register', after: 108_000 },
  ]);
  one.take(one.client.woken?.('register'));
  expect(headerOf(one.last(), 'Authorization')).toContain('nc=00000002');
  expect(one.client.woken?.('keepalive')[0]).toEqual({ do: 'send', raw: '\r\n\r\n' });
  expect(one.client.received({ data: '\r\n\r\n', encoding: 'text', direction: 'in' })).toEqual([
    { do: 'send', raw: '\r\n' },
  ]);
  one.take(one.client.leave?.());
  expect(headerOf(one.last(), 'Expires')).toBe('0');
});

it('says why it is not let in', () => {
  const challenge = [['WWW-Authenticate', 'Digest realm="sig.test", nonce="n1"']] as const;
  const wrong = agent();
  wrong.reply('401 Unauthorized', challenge);
  wrong.reply('401 Unauthorized', challenge);
  expect(wrong.outputs).toEqual([
    {
      do: 'refused',
      why: expect.stringMatching(/401 Unauthorized/),
      hint: expect.stringMatching(/^Is the password right/),
    },
  ]);
  const stale = agent();
  stale.reply('401 Unauthorized', challenge);
  stale.reply('401 Unauthorized', [['WWW-Authenticate', 'Digest realm="sig.test", nonce="n2", stale=true']]);
  expect(headerOf(stale.last(), 'Authorization')).toContain('nonce="n2"');
  const without = sip.client({ as: 'alice', now: 0, url: 'ws://sig.test/' });
  const [first] = without.opened();
  const register = parse(first?.do === 'send' ? first.raw : '');
  const head = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => [name, headerOf(register, name)] as const);
  const data = writeSip('SIP/2.0 401 Unauthorized', [...head, ...challenge]);
  expect(without.received({ data, encoding: 'text', direction: 'in' })).toEqual([
    { do: 'refused', why: expect.any(String), hint: expect.stringContaining('--param password') },
  ]);
});

it('calls, changes the call, and hangs up, along the route and with the tags the other side gave', () => {
  const one = registered();
  const pc = one.client.newPc?.('bob') ?? '';
  one.take(one.client.encode({ type: 'offer', pc, sdp }, 'bob'));
  expect(one.last()).toMatchObject({ method: 'INVITE', uri: 'sip:bob@sig.test', body: sdp });
  expect(headerOf(one.last(), 'Call-ID')).toBe(pc);
  expect(one.reply('100 Trying')).toEqual([]);
  one.reply('407 Proxy Authentication Required', [['Proxy-Authenticate', 'Digest realm="p", nonce="n"']]);
  expect(one.sent.slice(-2).map(one.line)).toEqual(['ACK', 'INVITE']);
  expect(headerOf(one.last(), 'Proxy-Authorization')).toContain('realm="p"');
  const invite = one.last();
  one.reply('180 Ringing');
  expect(one.reply('200 OK', ROUTES, sdp).at(-1)).toEqual(signal('answer', pc));
  expect(one.last()).toMatchObject({ method: 'ACK', uri: 'sip:bob@y.invalid' });
  expect(valuesOf(one.last(), 'Route')).toEqual(['<sip:p1;lr>', '<sip:p2;lr>']);
  expect(headerOf(one.last(), 'CSeq')).toBe(headerOf(invite, 'CSeq').replace('INVITE', 'ACK'));
  const ack = one.last();
  // The same 200 again gets the same ACK again, and nothing more.
  expect(one.reply('200 OK', ROUTES, sdp, invite)).toHaveLength(1);
  expect(one.last()).toEqual(ack);

  one.take(one.client.encode({ type: 'offer', pc, sdp }, 'bob'));
  expect(headerOf(one.last(), 'To')).toMatch(/;tag=b1$/);
  expect(one.reply('200 OK', CONTACT, sdp).at(-1)).toEqual(signal('answer', pc));
  one.take(one.client.encode({ type: 'bye', pc }, 'bob'));
  expect(one.last()).toMatchObject({ method: 'BYE', uri: 'sip:bob@y.invalid' });
  expect(one.client.encode({ type: 'bye', pc }, 'bob')).toEqual([]);
});

it('tells a refusal with its reason, and acknowledges it', () => {
  const one = registered();
  const pc = one.client.newPc?.('bob') ?? '';
  one.take(one.client.encode({ type: 'offer', pc, sdp }, 'bob'));
  const reason = [['Reason', 'SIP;cause=486;text="in a meeting"']] as const;
  expect(one.reply('486 Busy Here', reason).slice(1)).toEqual([
    { do: 'problem', code: 'SIP_486', detail: 'bob: 486 Busy Here; SIP;cause=486;text="in a meeting"' },
    { do: 'signal', from: 'bob', signal: { type: 'bye', pc } },
  ]);
  expect(one.last()).toMatchObject({ method: 'ACK', uri: 'sip:bob@sig.test' });
});

it('cancels a call that rings, not before something was heard of it', () => {
  const one = registered();
  const pc = one.client.newPc?.('bob') ?? '';
  one.take(one.client.encode({ type: 'offer', pc, sdp }, 'bob'));
  const invite = one.last();
  one.take(one.client.encode({ type: 'bye', pc }, 'bob'));
  expect(one.last()).toBe(invite);
  one.reply('180 Ringing');
  expect(one.last()).toMatchObject({ method: 'CANCEL', uri: 'sip:bob@sig.test' });
  expect(headerOf(one.last(), 'Via')).toBe(headerOf(invite, 'Via'));
  one.reply('200 canceling');
  expect(one.reply('487 Request Terminated', [], undefined, invite).filter(({ do: what }) => what !== 'send')).toEqual(
    [],
  );
  expect(one.line(one.last())).toBe('ACK');
});

it('hangs up when the answer and the CANCEL cross', () => {
  const one = registered();
  const pc = one.client.newPc?.('bob') ?? '';
  one.take(one.client.encode({ type: 'offer', pc, sdp }, 'bob'));
  const invite = one.last();
  one.take(one.client.encode({ type: 'bye', pc }, 'bob'));
  one.reply('200 OK', ROUTES, sdp, invite);
  expect(one.sent.slice(-2).map(one.line)).toEqual(['ACK', 'BYE']);
});

it('is called, answers, is changed, and is hung up on', () => {
  const one = registered();
  one.request('INVITE', 1, {}, sdp);
  expect(one.line(one.last())).toBe('180');
  expect(one.outputs.slice(-2)).toEqual([
    { do: 'presence', who: 'bob', change: 'join' },
    signal('offer', 'their-call'),
  ]);
  one.take(one.client.encode({ type: 'answer', pc: 'their-call', sdp }, 'bob'));
  expect(one.last()).toMatchObject({ status: 200, body: sdp });
  expect(valuesOf(one.last(), 'Record-Route')).toEqual(['<sip:p1;lr>, <sip:p2;lr>']);
  const to = headerOf(one.last(), 'To');
  expect(to).toMatch(/;tag=\w+$/);
  expect(one.outputs.at(-1)).toEqual({ do: 'wake', id: 'ok their-call', after: 500 });
  // Until the ACK comes the 200 is said again.
  expect(one.client.woken?.('ok their-call').map((output) => output.do)).toEqual(['send', 'wake']);
  one.request('ACK', 1, { to });
  expect(one.client.woken?.('ok their-call')).toEqual([]);

  expect(one.request('INVITE', 2, { to }, sdp)).toEqual([signal('offer', 'their-call')]);
  expect(one.request('INVITE', 2, { to }, sdp)).toEqual([]);
  one.take(one.client.encode({ type: 'answer', pc: 'their-call', sdp }, 'bob'));
  one.request('ACK', 2, { to });
  expect(one.request('UPDATE', 3, { to }, sdp)).toEqual([signal('offer', 'their-call')]);
  one.take(one.client.encode({ type: 'answer', pc: 'their-call', sdp }, 'bob'));
  expect(headerOf(one.last(), 'CSeq')).toBe('3 UPDATE');

  one.take(one.client.encode({ type: 'offer', pc: 'their-call', sdp }, 'bob'));
  expect(one.last()).toMatchObject({ method: 'INVITE', uri: 'sip:bob@y.invalid' });
  expect(valuesOf(one.last(), 'Route')).toEqual(['<sip:p1;lr>', '<sip:p2;lr>']);
  expect(headerOf(one.last(), 'From')).toBe(to);
  // Theirs comes while ours is under way.
  expect(one.request('INVITE', 4, { to }, sdp).map((output) => output.do)).toEqual(['send']);
  expect(one.line(one.last())).toBe('491');
  expect(one.request('BYE', 5, { to }).at(-1)).toEqual(signal('bye', 'their-call'));
  expect(one.line(one.last())).toBe('200');
  one.request('BYE', 6, { to });
  expect(one.line(one.last())).toBe('481');
});

it('offers where it is asked to, and takes the answer out of the ACK', () => {
  const one = registered();
  const heard = one.request('INVITE', 1);
  expect(heard.at(-1)).toEqual({ do: 'wanted', from: 'bob', iceRestart: false, pc: 'their-call' });
  expect(one.client.newPc?.('bob')).toBe('their-call');
  one.take(one.client.encode({ type: 'offer', pc: 'their-call', sdp }, 'bob'));
  expect(one.last()).toMatchObject({ status: 200, body: sdp });
  const to = headerOf(one.last(), 'To');
  expect(one.request('ACK', 1, { to }, sdp)).toEqual([signal('answer', 'their-call')]);
});

it('asks for an offer by an INVITE without one, and answers in the ACK', () => {
  const one = calling();
  one.take(one.client.ask?.('offer', 'bob', { pc: one.pc, media: [] }));
  expect(one.last()).toMatchObject({ method: 'INVITE', body: '' });
  expect(one.reply('200 OK', CONTACT, sdp)).toEqual([signal('offer', one.pc)]);
  one.take(one.client.encode({ type: 'answer', pc: one.pc, sdp }, 'bob'));
  expect(one.last()).toMatchObject({ method: 'ACK', body: sdp });
});

it.each([
  [`${sdp}a=ice-ufrag:one\r\n`, false],
  [`${sdp}a=ice-ufrag:two\r\n`, true],
])('takes an offer back after a glare, waits, and makes another', (next, iceRestart) => {
  const one = calling();
  one.take(one.client.encode({ type: 'offer', pc: one.pc, sdp: `${sdp}a=ice-ufrag:one\r\n` }, 'bob'));
  one.reply('200 OK', CONTACT, sdp);
  one.take(one.client.encode({ type: 'offer', pc: one.pc, sdp: next }, 'bob'));
  one.reply('491 Request Pending');
  const [rejected, wake] = one.outputs.slice(-2);
  expect(rejected).toEqual({ do: 'rejected', from: 'bob', pc: one.pc, why: 'bob: 491 Request Pending' });
  if (wake?.do !== 'wake') throw new Error('no wake');
  expect(wake.after).toBeGreaterThanOrEqual(2_100);
  expect(wake.after).toBeLessThanOrEqual(4_000);
  one.take(one.client.woken?.(wake.id));
  expect(one.outputs.at(-1)).toEqual({ do: 'wanted', from: 'bob', iceRestart, pc: one.pc });
});

it('takes an offer back that is refused, and says how', () => {
  const one = calling();
  one.take(one.client.encode({ type: 'offer', pc: one.pc, sdp }, 'bob'));
  one.reply('488 Not Acceptable Here');
  expect(one.outputs.at(-1)).toEqual({ do: 'rejected', from: 'bob', pc: one.pc, why: 'bob: 488 Not Acceptable Here' });
});

it('is called off, and declines', () => {
  const one = registered();
  one.request('INVITE', 1, {}, sdp);
  expect(one.request('CANCEL', 1).at(-1)).toEqual(signal('bye', 'their-call'));
  expect(one.sent.slice(-2).map(one.line)).toEqual(['200', '487']);
  one.request('INVITE', 1, { id: 'another' }, sdp);
  one.take(one.client.encode({ type: 'bye', pc: 'another' }, 'bob'));
  expect(one.line(one.last())).toBe('486');
});

it('answers what else it is asked', () => {
  const one = registered();
  one.request('OPTIONS', 1, { id: 'x' });
  expect(one.last()).toMatchObject({ status: 200 });
  expect(headerOf(one.last(), 'Allow')).toContain('INVITE');
  one.request('MESSAGE', 2, { id: 'y' });
  expect(one.last()).toMatchObject({ status: 405 });
  one.request('INVITE', 3, { id: 'z', to: '<sip:alice@sig.test>;tag=gone' }, sdp);
  expect(one.last()).toMatchObject({ status: 481 });
  one.request('UPDATE', 4, { id: 'z' }, sdp);
  expect(one.last()).toMatchObject({ status: 481 });
});

it('gives up when nobody acknowledges', () => {
  const one = registered();
  one.request('INVITE', 1, {}, sdp);
  one.take(one.client.encode({ type: 'answer', pc: 'their-call', sdp }, 'bob'));
  for (let times = 0; times < 11; times++) one.take(one.client.woken?.('ok their-call'));
  expect(one.last()).toMatchObject({ method: 'BYE' });
  expect(one.outputs.slice(-2).map((output) => output.do)).toEqual(['problem', 'signal']);
});

it('keeps secrets out of what decoders say', () => {
  const one = registered();
  const decoder = sip.decoder({ client: 'alice', server: 'server' });
  const register = one.sent[1] as SipRequest;
  const head = register.headers.map(({ name, value }) => [name, value] as const);
  const data = writeSip(
    `${register.method} ${register.uri} SIP/2.0`,
    head.filter(([name]) => name !== 'Content-Length'),
  );
  expect(data).toContain('Authorization');
  expect(JSON.stringify(decoder.decode({ data, encoding: 'text', direction: 'out' }))).not.toMatch(/Digest|nonce|pa/);
});
