import { describe, expect, it } from 'vitest';
import { growingFindings } from '../../src/rules/finding-store.ts';
import type { Finding } from '../../src/rules/rule.ts';
import { foundIn, nextFound } from '../../src/tui/found.ts';
import type { Listing } from '../../src/tui/visible.ts';
import { someFinding } from '../helpers/finding.ts';

const at = (event: number, severity: Finding['severity'] = 'warning') => someFinding({ event, severity });

/** A row for each event up to `last`, and how often it was asked where an event stands. */
function listed(last: number) {
  const rows = Array.from({ length: last }, (_, index) => ({ seqs: [index + 1] }));
  const listing: Listing & { asked: number } = {
    rows,
    hidden: 0,
    asked: 0,
    rowOf(seq) {
      this.asked += 1;
      return seq <= rows.length ? seq - 1 : -1;
    },
  };
  return { listing, grow: () => void rows.push({ seqs: [rows.length + 1] }) };
}

describe('what was found, by row', () => {
  it('is extended by what is new', () => {
    const { findings, tell } = growingFindings();
    const { listing } = listed(1000);
    tell(Array.from({ length: 500 }, (_, index) => at(index + 1)));
    expect(foundIn(findings, listing).rows).toHaveLength(500);
    listing.asked = 0;
    tell([at(900, 'error'), at(3)]);
    const found = foundIn(findings, listing);
    expect(listing.asked).toBe(2);
    expect(found.counts).toEqual({ error: 1, warning: 501, info: 0 });
    expect([found.byRow.get(2)?.length, found.rows.at(-1)]).toEqual([2, 899]);
    expect(nextFound(found, 499, 1)).toBe(899);
  });

  it('stands at its row as soon as its event has one', () => {
    const { findings, tell } = growingFindings();
    const { listing, grow } = listed(2);
    tell([at(3), at(1, 'info')]);
    expect(foundIn(findings, listing).rows).toEqual([0]);
    grow();
    expect(foundIn(findings, listing)).toMatchObject({ rows: [2], counts: { warning: 1, info: 1 } });
  });

  it('is worked out anew for another listing', () => {
    const { findings, tell } = growingFindings();
    tell([at(3)]);
    expect(foundIn(findings, listed(5).listing).rows).toEqual([2]);
    expect(foundIn(findings, listed(2).listing).rows).toEqual([]);
  });
});
