import { expect, test } from 'vitest';
import type { MessageDraft } from '../../../src/sources/proxy/intervention.ts';
import { createListing } from '../../../src/sources/proxy/listing.ts';
import type { Telling } from '../../../src/sources/source.ts';

const message = (raw: string): MessageDraft => ({
  ...{ from: 'app', to: 'server', link: 'app', kind: 'message', dir: 'c2s' },
  ...{ protocol: 'unknown', encoding: 'text', raw, signals: [{ type: 'other', label: 'x' }] },
});

test('everything is told; what is more than can be listed is so aside, and counted', () => {
  const tellings: (Telling | undefined)[] = [];
  const busy: unknown[] = [];
  const listing = createListing(
    (_, telling) => tellings.push(telling),
    (...told) => busy.push(told),
  );
  for (let n = 0; n < 1003; n += 1) listing.list(message('12345'), 5, 1000);
  expect(tellings).toHaveLength(1003);
  expect(tellings.filter((telling) => telling?.aside)).toEqual(Array(3).fill({ at: 1000, aside: true }));
  listing.report();
  listing.report();
  expect(busy).toEqual([['3 more messages (15 bytes) are not listed; a recording has them', { at: 1000 }]]);
});
