import { describe, expect, test, vi } from 'vitest';
import type { Draft } from '../../src/core/event.ts';
import { pairId } from '../../src/core/event.ts';
import { fixedFindings } from '../../src/rules/finding-store.ts';
import { check } from '../../src/rules/index.ts';
import { createLiveCheck } from '../../src/rules/live.ts';
import { offer } from '../core/conversation.ts';
import { emptyRecording } from '../recording.ts';

const frame = { kind: 'message', protocol: 'p', encoding: 'text', raw: '' } as const;
const described = (sdp: string): Draft => ({
  ...frame,
  from: 'a',
  to: 'b',
  signals: [{ type: 'offer', pc: pairId('a', 'b'), sdp }],
});
const broken = described(offer({ by: 'a' }).sdp.replace(/a=mid:0\r\n/, 'a=mid:0\r\na=mid:1\r\n'));

function live() {
  const { log, model } = emptyRecording();
  const found = vi.fn();
  const one = createLiveCheck(log, model);
  const leave = one.findings.subscribe(found);
  return { log, model, found, one, leave };
}

describe('a live check', () => {
  test('finds event by event and at the end what is found in the whole at once', () => {
    const { log, one, found } = live();
    log.append(broken);
    expect(one.findings.list().length).toBeGreaterThan(0);
    log.append(described('rubbish'));
    one.finish();
    const ids = one.findings.list().map(({ rule, event }) => `${rule} ${event}`);
    expect(ids.sort()).toEqual(
      check(log.events)
        .map(({ rule, event }) => `${rule} ${event}`)
        .sort(),
    );
    expect(found.mock.calls.map(([finding]) => finding)).toEqual(one.findings.list());
  });

  test('finds what takes too long only when told that time has passed', () => {
    const { log, one } = live();
    log.append(described(offer({ by: 'a' }).sdp));
    const before = one.findings.list().length;
    one.advance(120_000);
    const late = one.findings.list().slice(before);
    expect(late.map(({ rule }) => rule)).toContain('offer-unanswered');
    one.advance(180_000);
    expect(one.findings.list().length).toBe(before + late.length);
  });

  test('tells nobody who has left, and finds nothing more once it is stopped or finished', () => {
    const { log, one, found, leave } = live();
    leave();
    log.append(broken);
    expect(found).not.toHaveBeenCalled();
    const count = one.findings.list().length;
    expect(count).toBeGreaterThan(0);
    one.stop();
    log.append(described('rubbish'));
    one.advance(500_000);
    one.finish();
    expect(one.findings.list().length).toBe(count);
  });
});

test('known findings are a store too', () => {
  const findings = check([]);
  expect(fixedFindings(findings).list()).toBe(findings);
});
