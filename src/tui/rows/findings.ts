/** The tab Findings: what is wrong at the selected row, why, what browsers say and what to do; and a list of the others. */
import { label } from '../../core/label.ts';
import { telling } from '../../core/news.ts';
import type { Finding } from '../../rules/rule.ts';
import { SEVERITIES, SEVERITY_TONES } from '../found.ts';
import { eventOf } from './event-of.ts';
import { type Fact, factRows } from './fact.ts';
import { cell, folded, type Row, type Rows, row, textOfAll } from './row.ts';
import type { Scene, Tab } from './tab.ts';

export const findingsTab: Tab = {
  id: 'findings',
  title: 'Findings',
  about: 'round',
  rows: findingRows,
  copy: (scene) => ({ text: textOfAll(findingRows(scene)), what: 'the findings' }),
};

/** Of the findings elsewhere no more are listed. */
const MOST = 200;

function* findingRows(scene: Scene): Rows {
  const { findings, glyphs } = scene;
  if (findings.all.length === 0) return yield row('none', cell('nothing wrong has been found', 'muted', glyphs));
  const here = new Set(findings.here);
  for (const [index, finding] of bySeverity(findings.here).entries()) {
    if (index > 0) yield row(`air ${index}`);
    yield* oneRows(finding, `here ${index}`, scene);
  }
  const elsewhere = bySeverity(findings.all.filter((finding) => !here.has(finding)));
  if (elsewhere.length === 0) return;
  if (here.size > 0) yield row('air');
  const head = here.size === 0 ? 'nothing wrong here; elsewhere, n and N go there:' : 'elsewhere, n and N go there:';
  yield row('elsewhere', cell(head, 'muted', glyphs));
  for (const [index, finding] of elsewhere.slice(0, MOST).entries())
    yield lineRow(finding, `elsewhere ${index}`, scene);
  const more = elsewhere.length - MOST;
  if (more > 0) yield row('more', cell(`and ${more} more`, 'muted', glyphs));
}

function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

function lineRow({ severity, message, event }: Finding, key: string, { glyphs }: Scene): Row {
  return row(
    key,
    { text: `${glyphs[severity]} `, tone: SEVERITY_TONES[severity] },
    cell(`event ${event} · `, 'muted', glyphs),
    cell(message, 'plain', glyphs),
  );
}

/** Message, why, who refuses, what to do, where it is written, what follows from it. */
function* oneRows(finding: Finding, key: string, scene: Scene): Rows {
  yield* messageRows(finding, key, scene);
  for (const seq of namedIn(finding))
    for (const description of scene.model.described.get(seq) ?? []) yield* telling(description);
  const { rule, severity, refusedBy, folded: consequences = [] } = finding;
  const facts: readonly Fact[] = [
    { name: 'rule', value: rule, detail: [severity, ...placeOf(finding)].join(' · ') },
    { name: 'why', value: finding.explain },
    { name: 'Chrome says', value: refusedBy.chrome, tone: 'bad' },
    { name: 'Firefox says', value: refusedBy.firefox, tone: 'bad' },
    { name: 'fix', value: finding.fix },
    { name: 'see', value: finding.cites.map(({ spec, section }) => `${spec} ${section}`).join(', ') },
    { name: 'related', value: relatedTo(finding, scene) },
    { name: 'leads to', value: consequences.map((one) => one.message).join(' ') },
  ];
  for (const fact of facts) yield* factRows(`${key} ${fact.name}`, fact, scene, 2);
}

/** What is wrong, over as many lines as it takes. */
function messageRows({ severity, message }: Finding, key: string, { width, glyphs }: Scene): readonly Row[] {
  const lines = folded(cell(message, 'strong', glyphs).text, Math.max(20, width - 2));
  return lines.map((line, index) =>
    row(
      `${key} ${index}`,
      { text: index === 0 ? `${glyphs[severity]} ` : '  ', tone: SEVERITY_TONES[severity] },
      { text: line, tone: 'strong' },
    ),
  );
}

/** Of what is wrong at the selected row the errors and warnings, for where it is not the subject. */
export function seriousRows(scene: Scene): readonly Row[] {
  const serious = bySeverity(scene.findings.here).filter(({ severity }) => severity !== 'info');
  if (serious.length === 0) return [];
  return [
    ...serious.flatMap((finding, index) => messageRows(finding, `wrong ${index}`, scene)),
    row('wrong more', cell('  why, and what to do: Findings', 'muted', scene.glyphs)),
    row('wrong air'),
  ];
}

function placeOf({ side, event, mid, line }: Finding): readonly string[] {
  return [
    ...(side === '' ? [] : [side]),
    ...(event > 0 ? [`event ${event}`] : []),
    ...(mid === null ? [] : [`mid ${mid}`]),
    ...(line === null ? [] : [`line ${line}`]),
  ];
}

/** Of the related events those that are named. */
const namedIn = ({ related }: Finding): readonly number[] => related.slice(0, 4);

function relatedTo(finding: Finding, { model }: Scene): string {
  return namedIn(finding)
    .map((seq) => {
      const event = eventOf(model, seq);
      return event === undefined ? `event ${seq}` : `event ${seq} (${label(model, event)})`;
    })
    .join(', ');
}
