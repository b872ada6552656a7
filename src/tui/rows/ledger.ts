/** What a session has settled for its whole life: m-lines, header extensions, payload types, BUNDLE, DTLS roles; and breaches. */
import { enteringRounds, type Ledger, ledgerOf, type Slot } from '../../core/ledger.ts';
import type { Session } from '../../core/model.ts';
import { shortUri } from './agreement.ts';
import { type Fact, factRows } from './fact.ts';
import { cell, folded, type Row, type Rows, row } from './row.ts';
import type { Scene } from './tab.ts';

/** The rows of a session's ledger; each part folds. None before the first round is complete. */
export function* ledgerRows(session: Session, scene: Scene, indent: number): Rows {
  const key = `ledger ${session.pc}`;
  yield 'working out what is settled';
  yield* enteringRounds(session);
  const ledger = ledgerOf(session);
  if (ledger.slots.length === 0) return;
  const parts: readonly (readonly [string, readonly Fact[]])[] = [
    ['settled for good', settledFacts(ledger)],
    ['header extensions', extensionFacts(ledger)],
    ['payload types', payloadFacts(ledger)],
  ];
  yield* breachRows(ledger, key, scene, indent);
  for (const [title, facts] of parts) yield* partRows(title, facts, `${key} ${title}`, scene, indent);
}

function* partRows(title: string, facts: readonly Fact[], fold: string, scene: Scene, indent: number): Rows {
  const { folds, glyphs } = scene;
  if (facts.length === 0) return;
  const open = !folds.has(fold);
  yield {
    key: fold,
    fold,
    cells: [
      { text: `${' '.repeat(indent)}${open ? glyphs.unfolded : glyphs.folded} `, tone: 'accent' },
      cell(title, 'strong', glyphs),
      cell(` · ${facts.length}`, 'muted', glyphs),
    ],
  };
  for (const [index, fact] of open ? facts.entries() : [])
    for (const each of factRows(`${fold} ${index}`, fact, scene, indent + 2)) yield { ...each, fold };
}

/** The first message that contradicted an entry, by event. */
function breachRows({ breaches }: Ledger, key: string, { width, glyphs }: Scene, indent: number): readonly Row[] {
  return breaches.slice(0, 50).flatMap(({ seq, sentence }, index) => {
    const text = cell(`! event ${seq}: ${sentence}`, 'bad', glyphs).text;
    return folded(text, Math.max(20, width - indent)).map((line, part) =>
      row(`${key} breach ${index} ${part}`, { text: `${' '.repeat(indent)}${line}`, tone: 'bad' }),
    );
  });
}

function settledFacts({ slots, bundle, dtls }: Ledger): readonly Fact[] {
  return [
    ...slots.flatMap((slot) => (slot === undefined ? [] : [slotFact(slot)])),
    {
      name: 'BUNDLE',
      value: bundle === undefined || bundle.mids.length === 0 ? 'none' : `mid ${bundle.mids.join(' ')}`,
      detail: bundle?.tag === undefined ? '' : `tag ${bundle.tag} · since event ${bundle.since}`,
    },
    {
      name: 'DTLS',
      value: dtls === undefined ? undefined : `client ${dtls.client}, server ${dtls.server}`,
      detail: dtls === undefined ? '' : `mid ${dtls.tag} · since event ${dtls.since}`,
    },
  ];
}

function slotFact({ index, tenants }: Slot): Fact {
  const last = tenants.at(-1);
  const before = tenants.slice(0, -1).map(({ mid, kind }) => `before: ${kind} mid ${mid}`);
  const rejected = last?.rejectedBy === undefined ? [] : [`rejected by event ${last.rejectedBy}`];
  return {
    name: `m-line ${index}`,
    value: last === undefined ? 'empty' : `mid ${last.mid} ${last.kind}`,
    tone: rejected.length > 0 ? 'muted' : 'plain',
    detail: [...rejected, ...(last === undefined ? [] : [`since event ${last.since}`]), ...before].join(' · '),
  };
}

function extensionFacts({ extensions }: Ledger): readonly Fact[] {
  return [...extensions.values()]
    .sort((a, b) => Number(a.id) - Number(b.id))
    .map(({ id, uri, since, from }) => ({
      name: `id ${id}`,
      value: shortUri(uri),
      detail: `since event ${since}, by ${from}`,
    }));
}

function payloadFacts({ payloads }: Ledger): readonly Fact[] {
  return [...payloads].map(([mid, entries]) => ({
    name: `mid ${mid}`,
    value: [...entries.values()].map(({ payloadType, codec }) => `${payloadType} ${codec}`).join(' · '),
  }));
}
