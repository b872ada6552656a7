/** How much more there is to do for more sections, counted in reads of what was parsed: no clock tells that on a busy machine. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agree, describeAgreement } from '../../src/sdp/agreement.ts';
import { diffSdp } from '../../src/sdp/diff.ts';
import { parseSdp, parsing } from '../../src/sdp/parse.ts';
import type { Sdp } from '../../src/sdp/sdp.ts';

const OFFER = readFileSync(new URL('../fixtures/sdp/chromium-156-offer-10-sections.sdp', import.meta.url), 'utf8');

/** The sections of the recorded offer again and again, each with a mid of its own. */
function offerOf(count: number): string {
  const [session = '', ...sections] = OFFER.split(/^(?=m=)/m);
  const mids = Array.from({ length: count }, (_, mid) => String(mid));
  const body = mids.map((mid, i) => (sections[i % sections.length] ?? '').replace(/^a=mid:.*\r$/m, `a=mid:${mid}\r`));
  return session.replace(/^a=group:BUNDLE.*\r$/m, `a=group:BUNDLE ${mids.join(' ')}\r`) + body.join('');
}

/** Counts what is read of it. */
function counted(sdp: Sdp, count: () => void): Sdp {
  const known = new WeakMap<object, object>();
  const wrap = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null) return value;
    let proxy = known.get(value);
    if (proxy === undefined) {
      proxy = new Proxy(value, {
        get(target, key, receiver) {
          count();
          return wrap(Reflect.get(target, key, receiver));
        },
      });
      known.set(value, proxy);
    }
    return proxy as T;
  };
  return wrap(sdp);
}

function reads(job: (...sdps: Sdp[]) => unknown, ...texts: readonly string[]): number {
  let count = 0;
  job(...texts.map((text) => counted(parseSdp(text), () => (count += 1))));
  return count;
}

const restarted = (offer: string): string => offer.replace(/^a=ice-ufrag:.*\r$/gm, 'a=ice-ufrag:Agai\r');
const held = (offer: string): string => offer.replaceAll('a=sendrecv', 'a=inactive');
const answered = (offer: string): string => offer.replaceAll('a=setup:actpass', 'a=setup:active');

const differing = (before?: Sdp, after?: Sdp) => before && after && diffSdp(before, after);
const agreed = (offer?: Sdp, answer?: Sdp) => offer && answer && describeAgreement(agree(offer, answer));

describe('work grows with the number of sections, not faster', () => {
  it.each([
    ['an ICE restart', differing, restarted],
    ['all sections held', differing, held],
    [
      'sections added',
      differing,
      (offer: string) =>
        offer
          .split(/^(?=m=)/m)
          .flatMap((part, i) => (i % 2 ? [] : [part]))
          .join(''),
    ],
    ['an agreement', agreed, answered],
  ] as const)('%s', (_what, job, other) => {
    const [few, many] = [40, 320].map((count) => reads(job, offerOf(count), other(offerOf(count))) / count);
    expect(few).toBeGreaterThan(10);
    expect((many ?? 0) / (few ?? 1)).toBeLessThan(1.2);
  });

  it('reading', () => {
    const [few, many] = [40, 320].map((count) => [...parsing(offerOf(count))].length / count);
    expect((many ?? 0) / (few ?? 1)).toBeLessThan(1.1);
  });
});
