import { expect, test } from 'vitest';
import { createReports } from '../../../src/sources/replay/report.ts';

test('of each kind the first are told, and how many more there are', () => {
  const reports = createReports();
  for (let n = 1; n <= 1_500; n += 1) reports.add({ kind: 'missing', sentence: `${n}` });
  reports.add({ kind: 'closed', sentence: 'the end' });
  const list = reports.list();
  expect(list).toHaveLength(1_002);
  expect(list.slice(-2)).toEqual([
    { kind: 'closed', sentence: 'the end' },
    { kind: 'missing', sentence: 'And 500 more that are missing.' },
  ]);
});

test('what never came has been overtaken by nothing', () => {
  const reports = createReports();
  const overtook = (before: number) => ({ kind: 'out-of-order', sentence: `before ${before}`, before }) as const;
  reports.add(overtook(7));
  reports.add(overtook(9));
  reports.add({ kind: 'missing', sentence: 'seven is missing', recorded: 7 });
  expect(reports.list().map(({ sentence }) => sentence)).toEqual(['before 9', 'seven is missing']);
});
