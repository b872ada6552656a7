import { expect, it } from 'vitest';
import { sessionJson } from '../../src/core/session-report.ts';
import { recorded } from '../recording.ts';

const { model } = recorded('ice-restart.ndjson');
const [session] = [...model.sessions.values()];
const json = session && sessionJson(session);

it('tells of each side what is believed and which generations of credentials it had', () => {
  expect(json?.sides.map(({ party, signaling }) => [party, signaling])).toEqual([
    ['alice', 'stable'],
    ['bob', 'stable'],
  ]);
  const [alice] = json?.sides ?? [];
  expect(alice?.generations.map(({ number, state }) => [number, state])).toEqual([
    [1, 'obsolete'],
    [2, 'obsolete'],
    [3, 'current'],
  ]);
  expect(alice?.generations[1]?.since).toBe(11);
  expect(alice?.generations[1]?.candidates).toContain(12);
});

it('has the ledgers as plain data, keyed as they are read', () => {
  const { ledgers } = json ?? {};
  expect(ledgers?.slots.map(({ index, tenants }) => [index, tenants[0]?.kind])).toEqual([
    [0, 'audio'],
    [1, 'video'],
    [2, 'application'],
  ]);
  expect(ledgers?.extmap[0]).toMatchObject({ id: expect.any(String), uri: expect.any(String), since: 1 });
  expect(ledgers?.payloads['0']?.find(({ codec }) => codec === 'opus')).toMatchObject({ payloadType: '111' });
  expect(ledgers?.bundle).toMatchObject({ tag: '0', mids: ['0', '1', '2'] });
  expect(ledgers?.dtls).toMatchObject({ client: 'bob', server: 'alice' });
  // Firefox gives an id another meaning in its answer, long after it was settled.
  expect(ledgers?.breaches).toEqual([
    { ledger: 'extmap', seq: 22, sentence: expect.stringContaining('extmap id 10 meant') },
  ]);
});

it('is plain JSON without a password in it', () => {
  const text = JSON.stringify(json);
  expect(JSON.parse(text)).toEqual(json);
  const passwords = (session?.descriptions ?? []).flatMap(({ text: sdp }) => /a=ice-pwd:(\S+)/.exec(sdp)?.[1] ?? []);
  expect(passwords.length).toBeGreaterThan(2);
  for (const password of passwords) expect(text).not.toContain(password);
});
