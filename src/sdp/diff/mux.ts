/** RTCP on the media's port or on its own: `a=rtcp-mux`, `a=rtcp-mux-only`, `a=rtcp-rsize` (RFC 5761, 8858, 5506). */
import type { Change } from '../change.ts';
import { collapse, type SectionDraft } from './collapse.ts';
import type { DiffContext } from './context.ts';
import { isRtp } from './context.ts';

const FLAGS = [
  [
    'rtcp-mux',
    'rtcpMux',
    'sends RTCP on the media port now (rtcp-mux).',
    'no longer multiplexes RTCP with the media (rtcp-mux is gone).',
  ],
  [
    'rtcp-mux-only',
    'rtcpMuxOnly',
    'accepts RTCP on the media port only (rtcp-mux-only).',
    'no longer insists on RTCP on the media port (rtcp-mux-only is gone).',
  ],
  [
    'rtcp-rsize',
    'rtcpRsize',
    'allows reduced-size RTCP (rtcp-rsize).',
    'no longer allows reduced-size RTCP (rtcp-rsize is gone).',
  ],
] as const;

/** Class mux. */
export function diffMux(context: DiffContext): Change[] {
  const rtp = context.live.filter((pair) => isRtp(pair.after));
  return FLAGS.flatMap(([name, field, on, off]) => {
    const drafts = rtp.flatMap((pair): SectionDraft[] => {
      const before = pair.before[field];
      const after = pair.after[field];
      if ((before === undefined) === (after === undefined) || (pair.fromAnswer && before === undefined)) return [];
      const values = { before: before !== undefined, after: after !== undefined };
      return [
        {
          pair,
          class: 'mux',
          ...values,
          sentence: after === undefined ? off : on,
          linesBefore: [before],
          linesAfter: [after],
        },
      ];
    });
    return collapse(context, name, drafts, rtp);
  });
}
