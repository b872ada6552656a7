import { expect, test } from 'vitest';
import { toldOnce, withMids } from '../../src/core/told-once.ts';

const said = (mid: string | null, sentence: string) => ({ mid, sentence });

test('the same of many sections is told once, where the first stands, with the mids of all', () => {
  const all = [
    ...['0', '1', '2'].map((mid) => said(mid, 'Drops header extension x.')),
    said(null, 'Restarts ICE.'),
    said('3', 'Puts the call on hold'),
    said('2', 'Drops header extension x.'),
  ];
  expect(toldOnce(all).map(withMids)).toEqual([
    'Drops header extension x (mids 0, 1 and 2).',
    'Restarts ICE.',
    'Puts the call on hold',
  ]);
});

test('very many are counted; what else differs is told apart', () => {
  const many = Array.from({ length: 40 }, (_, mid) => said(String(mid), 'Turns ($1)'));
  expect(toldOnce(many).map(withMids)).toEqual(['Turns ($1) (mids 0, 1, 2, 3 and 36 more)']);
  expect(toldOnce([said('0', 'x'), said('1', 'x')], ({ mid }) => String(mid))).toHaveLength(2);
});
