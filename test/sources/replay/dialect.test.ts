import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadHashes } from '../../../src/protocols/sip/digest.ts';
import { createBindings } from '../../../src/sources/replay/bindings.ts';
import { createDialect } from '../../../src/sources/replay/dialect.ts';
import type { Lane, Step } from '../../../src/sources/replay/script.ts';

const lane = (carrier: Lane['carrier']): Lane => ({
  key: 'a',
  client: 'me',
  url: undefined,
  link: 'a',
  carrier,
  protocol: 'sip',
});
const step = (raw: string): Step => ({
  ...{ seq: 1, t: 0, lane: 'a', do: 'say', raw, encoding: 'text', protocol: 'sip', from: 'me', signals: [] },
});

describe('Socket.IO said again', () => {
  it('acknowledges the number that the event has today', () => {
    const dialect = createDialect(lane('engine.io'), 'socket.io', createBindings(), {
      ...{ password: () => undefined, newId: () => '', lacking: () => {} },
    });
    dialect.heard(step('427["call",{"id":"one-of-then"}]'), '4212["call",{"id":"one-of-now"}]');
    expect(dialect.said(step('437["ok"]'))).toBe('4312["ok"]');
    expect(dialect.said(step('438["ok"]'))).toBe('438["ok"]');
    expect(dialect.said(step('427["own",{"id":"one-of-then"}]'))).toBe('427["own",{"id":"one-of-now"}]');
  });
});

describe('SIP said again', () => {
  beforeAll(loadHashes);
  const headers = (more: string, cseq = '1 REGISTER') =>
    `Via: SIP/2.0/WSS x.invalid;branch=z9hG4bKthen0001\r\nFrom: <sip:ann@d>;tag=tagthen01\r\nTo: <sip:ann@d>\r\n` +
    `Call-ID: callthen0001\r\nCSeq: ${cseq}\r\n${more}Content-Length: 0\r\n\r\n`;

  function dialectOf(password?: string) {
    let made = 0;
    const lacking: string[] = [];
    const dialect = createDialect(lane('websocket'), 'sip', createBindings(), {
      password: () => password,
      newId(length) {
        made += 1;
        return `${made}`.padStart(length, 'n');
      },
      lacking: (_step, user) => lacking.push(user),
    });
    return { dialect, lacking };
  }

  it('begins with ids of its own, and answers the challenge of today', () => {
    const { dialect } = dialectOf('secret');
    const first = dialect.said(step(`REGISTER sip:d SIP/2.0\r\n${headers('')}`));
    expect(first).not.toMatch(/then0/);
    expect(first).toMatch(/branch=z9hG4bKn+\d\r\n[\s\S]*Call-ID: n+\d\r\n/);
    const challenge = (nonce: string) =>
      `SIP/2.0 401 Unauthorized\r\n${headers(`WWW-Authenticate: Digest realm="d", nonce="${nonce}", qop="auth"\r\n`)}`;
    dialect.heard(step(challenge('nonce+of/then==')), challenge('today='));
    const stated =
      'Authorization: Digest username="ann", realm="d", nonce="nonce+of/then==", uri="sip:d", response="0"\r\n';
    const signed = dialect.said(step(`REGISTER sip:d SIP/2.0\r\n${headers(stated, '2 REGISTER')}`));
    const [, cnonce = ''] = /cnonce="(\w+)"/.exec(signed) ?? [];
    const md5 = (text: string) => createHash('md5').update(text).digest('hex');
    const response = md5(`${md5('ann:d:secret')}:today=:00000001:${cnonce}:auth:${md5('REGISTER:sip:d')}`);
    expect(signed).toContain(`nonce="today="`);
    expect(signed).toContain(`response="${response}"`);
    expect(/Call-ID: \w+/.exec(signed)?.[0]).toBe(/Call-ID: \w+/.exec(first)?.[0]);
  });

  it('tells whose password it lacks', () => {
    const { dialect, lacking } = dialectOf();
    const challenge = `SIP/2.0 401 No\r\n${headers('WWW-Authenticate: Digest realm="d", nonce="n"\r\n')}`;
    dialect.heard(step(challenge), challenge);
    dialect.said(step(`REGISTER sip:d SIP/2.0\r\n${headers('Authorization: Digest username="ann", nonce="n"\r\n')}`));
    expect(lacking).toEqual(['ann']);
  });

  it('repeats in a response what the request of today says of itself, and counts the body anew', () => {
    const { dialect } = dialectOf();
    const invite = (id: string, cseq: string) =>
      `INVITE sip:me@d SIP/2.0\r\nVia: SIP/2.0/WS s;branch=z9hG4bK${id}\r\nFrom: <sip:bob@d>;tag=bob${id}\r\n` +
      `To: <sip:me@d>\r\nCall-ID: call${id}\r\nCSeq: ${cseq} INVITE\r\n\r\n`;
    dialect.heard(step(invite('thenthen', '1')), invite('nownownow', '4711'));
    const said = dialect.said(
      step(
        'SIP/2.0 200 OK\r\nVia: SIP/2.0/WS s;branch=z9hG4bKthenthen\r\nFrom: <sip:bob@d>;tag=bobthenthen\r\n' +
          'To: <sip:me@d>;tag=minethen1\r\nCall-ID: callthenthen\r\nCSeq: 1 INVITE\r\nContent-Length: 999\r\n\r\nv=0\r\n',
      ),
    );
    expect(said).toMatch(/^Via: .*nownownow$/m);
    expect(said).toMatch(/^CSeq: 4711 INVITE$/m);
    expect(said).toMatch(/^To: <sip:me@d>;tag=n+1$/m);
    expect(said).toMatch(/^Content-Length: 5$/m);
    expect(said).toMatch(/\r\n\r\nv=0\r\n$/);
  });
});
