/** The tab Findings: what is wrong at the selected row, why, what browsers say and what to do; and a list of the others. */
import { label } from '../../core/label.ts';
import type { Finding } from '../../rules/rule.ts';
import { SEVERITIES, SEVERITY_TONES } from '../found.ts';
import { eventOf } from './event-of.ts';
import { type Fact, factRows } from './fact.ts';
import { cell, folded, type Row, row, textOf } from './row.ts';
import type { Scene, Tab } from './tab.ts';

export const findingsTab: Tab = {
  id: 'findings',
  title: 'Findings',
  about: 'round',
  rows: findingRows,
  copy: (scene) => ({ text: findingRows(scene).map(textOf).join('\n'), what: 'the findings' }),
};

/** Of the findings elsewhere no more are listed. */
const MOST = 200;

function findingRows(scene: Scene): readonly Row[] {
  const { findings, glyphs } = scene;
  if (findings.all.length === 0) return [row('none', cell('nothing wrong has been found', 'muted', glyphs))];
  const here = bySeverity(findings.here).flatMap((finding, index) => [
    ...(index === 0 ? [] : [row(`air ${index}`)]),
    ...oneRows(finding, `here ${index}`, scene),
  ]);
  const elsewhere = bySeverity(findings.all.filter((finding) => !findings.here.includes(finding)));
  if (elsewhere.length === 0) return here;
  const head = here.length === 0 ? 'nothing wrong here; elsewhere, n and N go there:' : 'elsewhere, n and N go there:';
  const more = elsewhere.length - MOST;
  return [
    ...here,
    ...(here.length === 0 ? [] : [row('air')]),
    row('elsewhere', cell(head, 'muted', glyphs)),
    ...elsewhere.slice(0, MOST).map((finding, index) => lineRow(finding, `elsewhere ${index}`, scene)),
    ...(more > 0 ? [row('more', cell(`and ${more} more`, 'muted', glyphs))] : []),
  ];
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
function oneRows(finding: Finding, key: string, scene: Scene): readonly Row[] {
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
  return [
    ...messageRows(finding, key, scene),
    ...facts.flatMap((fact) => factRows(`${key} ${fact.name}`, fact, scene, 2)),
  ];
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

function relatedTo({ related }: Finding, { model }: Scene): string {
  return related
    .slice(0, 4)
    .map((seq) => {
      const event = eventOf(model, seq);
      return event === undefined ? `event ${seq}` : `event ${seq} (${label(model, event)})`;
    })
    .join(', ');
}
