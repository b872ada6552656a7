import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { showJson } from '../../src/core/report.ts';
import { readSession } from '../../src/importers/index.ts';
import { check } from '../../src/rules/index.ts';
import { encodeEvent } from '../../src/session/format.ts';
import { createAliases } from '../../src/session/redact/alias.ts';
import { redactBytes, redactText } from '../../src/session/redact/text.ts';
import { isVocabulary } from '../../src/session/redact/vocabulary.ts';
import { createRedactor, REDACTED } from '../../src/session/redact.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const recordings = ['negotiations', 'frames', 'ws', 'sessions', 'dumps']
  .flatMap((folder) => readdirSync(join(fixtures, folder)).map((name) => join(folder, name)))
  .filter((name) => /\.(?:ndjson|har|txt)$/.test(name));

const read = (name: string) => readSession(readFileSync(join(fixtures, name), 'utf8'), name);

function modelOf(events: readonly SignalEvent[]) {
  const model = emptyModel();
  for (const event of events) reduce(model, event);
  return model;
}

/** Everything in the text that must not be there afterwards. */
function secretsIn(text: string): readonly string[] {
  const found = text.matchAll(
    /ice-(?:ufrag|pwd):([^\\\s"]{4,})|\b((?:[0-9A-F]{2}:){19,}[0-9A-F]{2})|\b((?:\d{1,3}\.){3}\d{1,3})\b|\b([0-9a-f-]{36}\.local)\b|\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b|Call-ID: *([^\\\s"]{4,})|;tag=([\w.-]{4,})|a=(?:ssrc:\d+ cname|tls-id):([^\\\s"]{4,})/g,
  );
  const values = [...found].map(([, ...groups]) => groups.find((group) => group !== undefined) ?? '');
  // Janus has its own name for everybody's cname.
  return [...new Set(values)].filter((value) => !/^(?:127\.|0\.0\.0\.0|\d+$|janus$)/.test(value));
}

describe.each(recordings)('%s, redacted', (name) => {
  const { header, events } = read(name);
  const redactor = createRedactor();
  const safeHeader = redactor.header(header);
  const safe = events.map((event) => redactor.event(event));
  const text = safe.map(encodeEvent).join('\n');

  it('holds none of its secrets', () => {
    const secrets = secretsIn(events.map(encodeEvent).join('\n'));
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    const protocols = new Set(events.map((event) => (event.kind === 'message' ? event.protocol : '')));
    const said = header.parties.filter((party) => party.length > 2 && !isVocabulary(party));
    const names = said.filter((party) => !protocols.has(party.toLowerCase()));
    expect(names.filter((one) => new RegExp(`\\b${one}\\b`, 'i').test(text))).toEqual([]);
    expect(safeHeader.redacted).toEqual(REDACTED);
  });

  it('is found fault with as before', () => {
    const told = (list: readonly SignalEvent[]) =>
      check(list, {}).map(({ rule, severity, event, mid, line, related }) => ({
        rule,
        severity,
        event,
        mid,
        line,
        related,
      }));
    expect(told(safe)).toEqual(told(events));
  });

  it('has the same changes in the same rounds', () => {
    const told = (list: readonly SignalEvent[]) =>
      showJson(header, modelOf(list)).negotiations.map(({ cause, state, offer, answer, changes }) => ({
        ...{ cause, state, offer, answer },
        changes: changes.map((change) => [change.class, change.mid, change.path, change.lines]),
      }));
    expect(told(safe)).toEqual(told(events));
  });

  it('is as long as before wherever lengths may be stated', () => {
    for (const [index, event] of events.entries()) {
      const after = safe[index];
      if (event.kind === 'message' && after?.kind === 'message' && /^[\x20-\x7e\r\n]*$/.test(event.raw)) {
        expect(after.raw.length).toBe(event.raw.length);
      }
    }
  });

  it('becomes the same text every time', () => {
    const again = createRedactor();
    again.header(header);
    expect(events.map((event) => encodeEvent(again.event(event))).join('\n')).toBe(text);
  });
});

describe('a stand-in', () => {
  test.each([
    ['address', '192.168.77.10', /^192\.168\.\d\d\.\d\d$/],
    ['address', '10.1.2.3', /^10\.\d\.\d\.\d$/],
    ['address', '172.20.1.200', /^172\.20\.\d\.\d\d\d$/],
    ['address', '169.254.7.7', /^169\.254\.\d\.\d$/],
    ['address', '8.8.4.4', /^\d\.\d\.\d\.\d$/],
    ['address', 'fe80::12:ab', /^fe80::[0-9a-f]{2}:[0-9a-f]{2}$/],
    ['address', '2a02:8108:1::7', /^2001:[0-9a-f]{4}:[0-9a-f]::[0-9a-f]$/],
    ['fingerprint', '6F:2C:00:99', /^[0-9A-F]{2}(?::[0-9A-F]{2}){3}$/],
    ['fingerprint', '6f:2c:00:99', /^[0-9a-f]{2}(?::[0-9a-f]{2}){3}$/],
    ['ice-credentials', 'Rh+p', /^u0\+1$/],
    ['name', 'Ann Smith', /^p00 00001$/],
    ['id', '86bfe780-9af3-48ed-8c3b-40481a7c3c17', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ] as const)('of the %s %s keeps its shape', (kind, value, shape) => {
    expect(createAliases().of(kind, value)).toMatch(shape);
  });

  it('belongs to one value only', () => {
    const value = fc.stringMatching(/^[A-Za-z0-9+/]{4,12}$/);
    fc.assert(
      fc.property(fc.uniqueArray(value, { maxLength: 60 }), (values) => {
        const aliases = createAliases();
        const given = values.map((one) => aliases.of('ice-credentials', one));
        expect(new Set(given).size).toBe(values.length);
        expect(values.map((one) => aliases.of('token', one))).toEqual(given);
      }),
    );
  });

  it('is found even for addresses that are nearly used up', () => {
    const aliases = createAliases();
    const given = Array.from({ length: 250 }, (_, index) => aliases.of('address', `10.0.0.${index}`));
    expect(new Set(given).size).toBe(250);
  });
});

describe('a text', () => {
  const redact = (text: string) => redactText(createAliases(), text);

  test.each([
    [
      'a token in an address',
      'wss://live.example.com/rtc?access_token=eyJx&version=2',
      'access_token=t00…',
      'version=2',
    ],
    ['a password in JSON in JSON', String.raw`{"msg":"{\"password\":\"hunter22\"}"}`, String.raw`\"t0000001\"`, 'msg'],
    ['a bearer token', 'Authorization: Bearer verysecret', 'Bearer t000000001', 'Authorization'],
    ['TURN credentials', 'turn:user7:pass9@turn.example.org:3478', '@', ':3478'],
    [
      'SDES keys',
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR',
      'inline:t0',
      'AES_CM',
    ],
    ['SIP users', 'From: "x" <sip:alice@pbx.example.com>;tag=1', '<sip:p0001@', ';tag=1'],
    [
      'digest answers',
      'Digest username="alice", response="6629fae49393a05397450978507c4ef1"',
      'response="t000',
      'Digest',
    ],
    ['mail addresses', 'e=jane.doe@example.com', 'e=p', ''],
  ])('loses %s', (_title, text, gone, kept) => {
    const redacted = redact(text);
    expect(redacted).toContain(gone.replace('…', ''));
    expect(redacted).toContain(kept);
    expect(redacted).not.toMatch(/hunter22|verysecret|pass9|example|eyJx|PS1uQ|alice|6629fae4|jane/);
  });

  test.each([
    'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
    'urn:ietf:params:rtp-hdrext:sdes:mid',
    'c=IN IP4 0.0.0.0',
    'candidate:1 1 tcp 1 127.0.0.1 9 typ host tcptype active',
    '{"type":"offer","room":"r"}',
  ])('keeps %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('loses them in base64 too, which stays as long', () => {
    const aliases = createAliases();
    const packed = btoa('{"sdp":"v=0\\r\\na=ice-ufrag:RHdp\\r\\nc=IN IP4 192.168.77.10"}');
    const redacted = redactText(aliases, `data=${packed}`);
    expect(redacted).toHaveLength(packed.length + 5);
    expect(atob(redacted.slice(5))).toBe('{"sdp":"v=0\\r\\na=ice-ufrag:u001\\r\\nc=IN IP4 192.168.10.11"}');
    expect(redactBytes(aliases, '***')).toBeUndefined();
  });

  it('of any kind never makes it throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof redact(text) === 'string'));
  });
});

test('of a frame that hides what it says, nothing is kept', () => {
  const redactor = createRedactor();
  const packed = btoa('\x1f\x8b\x08compressed');
  const event = redactor.event({
    ...{ seq: 1, t: 0, from: 'app', to: 'server', kind: 'message', protocol: 'x', encoding: 'base64', raw: packed },
    signals: [{ type: 'offer', pc: 'p', sdp: 'v=0\r\na=ice-ufrag:RHdp\r\n' }],
  });
  expect(event).toMatchObject({ raw: '', signals: [{ sdp: 'v=0\r\na=ice-ufrag:u001\r\n' }] });
});

describe('what lets somebody into a session', () => {
  const message = (raw: string, more: object = {}): SignalEvent =>
    ({
      ...{
        seq: 1,
        t: 0,
        from: 'app',
        to: 'server',
        kind: 'message',
        protocol: 'x',
        encoding: 'text',
        raw,
        signals: [],
      },
      ...more,
    }) as SignalEvent;

  it('is no longer there: ids of sockets, places of WHIP sessions, passwords of digits', () => {
    const redactor = createRedactor();
    const at = (url: string, headers?: object) => ({ http: { method: 'PATCH', url, exchange: '1', ...headers } });
    const events = [
      message('0{"sid":"x89uY3D24SlAVWoxAAAA","upgrades":[]}'),
      message('42["offer",{"to":"x89uY3D24SlAVWoxAAAA"}]'),
      message('', at('http://127.0.0.1/whip', { headers: { location: '/whip/resource/roUFGFdu91O30HR9' } })),
      message('', at('http://127.0.0.1/whip/resource/roUFGFdu91O30HR9')),
      message('a=ice-ufrag:1234\r\na=ice-pwd:0123456789012345678901\r\n'),
    ];
    const safe = events.map((event) => encodeEvent(redactor.event(event)));
    const secrets = ['x89uY3D24SlAVWoxAAAA', 'roUFGFdu91O30HR9', '0123456789012345678901', 'ufrag:1234'];
    expect(secrets.filter((secret) => safe.join('\n').includes(secret))).toEqual([]);
    const place = /resource\/(\w+)/.exec(safe[2] ?? '')?.[1];
    expect(safe[3]).toContain(`/whip/resource/${place}"`);
    const sid = /sid\W+(\w+)/.exec(safe[0] ?? '')?.[1];
    expect(safe[1]).toContain(`\\"to\\":\\"${sid}\\"`);
  });
});

test('long ids are told apart where they are shown cut off', () => {
  const { of } = createAliases();
  const ids = ['a', 'b', 'c'].map((digit) => of('id', `${digit.repeat(8)}-1111-4111-8111-111111111111`));
  expect(new Set(ids.map((id) => id.slice(0, 8))).size).toBe(3);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(of('id', '12ab')).toMatch(/^[0-9a-f]{4}$/);
});
