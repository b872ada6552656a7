/**
 * A session as one self-contained page: ladder, changes, descriptions line by line, findings, search, light and dark.
 * All wire text is escaped; the page's own policy allows no script but the one below, no request and no frame.
 */
import { createHash } from 'node:crypto';
import { type ToldOnce, toldOnce, withMids } from '../../core/told-once.ts';
import type { Finding } from '../../rules/rule.ts';
import type { Change } from '../../sdp/change.ts';
import { PAGE_SCRIPT, PAGE_STYLE } from './html-page.ts';
import { descriptionHtml, html } from './html-sdp.ts';
import {
  countsText,
  type Left,
  leftText,
  originOf,
  roundTitle,
  type Told,
  type ToldRound,
  type ToldRow,
} from './told.ts';

/** In parts: the page of a long session has megabytes. */
export function* htmlReport(told: Told): Generator<string, void> {
  const script = createHash('sha256').update(PAGE_SCRIPT).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${script}'; base-uri 'none'; form-action 'none'`;
  const title = `renego: ${told.parties.join(', ')}`;
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${html(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>${told.parties.map((party) => `<span>${html(party)}</span>`).join(' ')}</h1>
<p>${about(told)}</p>
<p class="tools"><label>Search <input id="search" type="search" placeholder="offer, mid 2, ufrag, rule …" autocomplete="off"></label>
<output id="found"></output>
<label><input id="problems" type="checkbox"> only what is wrong</label>
<label>Theme <select id="theme"><option value="">of the system</option><option>light</option><option>dark</option></select></label></p>
</header>
<main>
`;
  yield* section('findings', `Findings: ${countsText(told.counts)}`, listed(told.findings, findingHtml, 'None.'), told);
  yield* section('rows', 'Ladder', ladderHtml(told), told);
  yield* section('rounds', 'Rounds', listed(told.rounds, roundHtml, 'No offers.'), told);
  yield `</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function* section(what: keyof Left, title: string, parts: Iterable<string>, told: Told): Generator<string, void> {
  yield `<section id="${what === 'rows' ? 'ladder' : what}"><h2>${title}</h2>\n`;
  yield* parts;
  yield `${leftHtml(told, what)}\n</section>\n`;
}

function* listed<T>(all: readonly T[], htmlOf: (one: T) => string, none: string): Generator<string, void> {
  if (all.length === 0) yield `<p>${none}</p>`;
  for (const [i, one] of all.entries()) yield `${i === 0 ? '' : '\n'}${htmlOf(one)}`;
}

function leftHtml(told: Told, what: keyof Left): string {
  const text = leftText(told, what);
  return text === '' ? '' : `\n<p>${html(text)}</p>`;
}

function about({ header, model }: Told): string {
  const redacted = header.redacted.length === 0 ? '' : ` Redacted: ${html(header.redacted.join(', '))}.`;
  const url = header.url === undefined ? '' : ` of <code>${html(header.url)}</code>`;
  const { tool, startedAt } = originOf(header);
  const by = tool === undefined ? '' : `, by ${html(tool)}`;
  const started = startedAt === undefined ? '' : `, started <time>${html(startedAt)}</time>`;
  return `${model.events.length} events${url}${by}${started}.${redacted}`;
}

function findingHtml({ severity, rule, message, event, explain, fix, cites, refusedBy }: Finding): string {
  const said = Object.entries(refusedBy).map(
    ([browser, sentence]) => `<p>${html(browser)} says: <q>${html(sentence ?? '')}</q></p>`,
  );
  const where = event > 0 ? ` <a href="#e${event}">event ${event}</a>` : '';
  const sources = cites.map(({ spec, section }) => `${html(spec)} section ${html(section)}`).join('; ');
  return `<details class="finding ${severity}"${severity === 'error' ? ' open' : ''}><summary><b>${severity}</b> <code>${html(rule)}</code>${where} ${html(message)}</summary>
${said.join('\n')}<p>${html(explain)}</p><p>Fix: ${html(fix)}</p><p class="faint">${sources}</p></details>`;
}

function* ladderHtml({ parties, rows }: Told): Generator<string, void> {
  const heads = parties.map((party) => `<span>${html(party)}</span>`).join('');
  yield `<div class="row head"><span class="n">#</span><span class="t">s</span><span class="lanes">${heads}</span><span></span></div>`;
  for (const row of rows) yield `\n${rowHtml(row, parties)}`;
}

function rowHtml(row: ToldRow, parties: readonly string[]): string {
  const worst = row.findings.find(({ severity }) => severity !== 'info')?.severity;
  const marks = row.findings
    .filter(({ severity }) => severity !== 'info')
    .map(
      ({ severity, rule, message }) =>
        `<p class="${severity}"><b>${severity}</b> <code>${html(rule)}</code> ${html(message)}</p>`,
    )
    .join('');
  const anchors = row.seqs
    .slice(1)
    .map((seq) => `<i id="e${seq}"></i>`)
    .join('');
  const head = `<span class="n">${row.seq}</span><span class="t">${(row.t / 1000).toFixed(3)}</span>${lanesHtml(row, parties)}<span class="label">${html(row.label)}${anchors}${marks}</span>`;
  const classes = `row ${row.tone}${worst === undefined ? '' : ` has-${worst}`}`;
  const inside = row.descriptions.map(descriptionHtml).join('');
  if (inside === '') return `<div class="${classes}" id="e${row.seq}">${head}</div>`;
  return `<details class="${classes}" id="e${row.seq}"><summary>${head}</summary>${inside}</details>`;
}

function lanesHtml({ from, to, arrow }: ToldRow, parties: readonly string[]): string {
  const [a, b] = [parties.indexOf(from), parties.indexOf(to)];
  const lanes = parties.map(() => '<i></i>').join('');
  if (arrow === 'none' || a < 0 || b < 0) return `<span class="lanes">${lanes}</span>`;
  const width = 100 / parties.length;
  const [left, right] = [(Math.min(a, b) + 0.5) * width, (Math.max(a, b) + 0.5) * width];
  const place =
    arrow === 'self' ? `left:${left.toFixed(2)}%` : `left:${left.toFixed(2)}%;width:${(right - left).toFixed(2)}%`;
  return `<span class="lanes" title="${html(`${from} → ${to}`)}">${lanes}<b class="${arrow}" style="${place}"></b></span>`;
}

function roundHtml(one: ToldRound): string {
  const changes = toldOnce(one.changes, (change) => JSON.stringify([change.class, change.folded]))
    .map(changeHtml)
    .join('');
  const outcome = one.outcome.sentences.map(({ sentence }) => `<li>${html(sentence)}</li>`).join('');
  return `<details class="round" open><summary>${html(roundTitle(one))}</summary>
${changes === '' ? '' : `<ul class="changes">${changes}</ul>`}<p>${html(one.outcome.head)}</p><ul>${outcome}</ul></details>`;
}

function changeHtml(told: ToldOnce<Change>): string {
  const { class: kind, folded } = told.one;
  const under = (folded ?? []).map((one) => `<li>${html(one.sentence)}</li>`).join('');
  return `<li><b>${html(kind)}</b> ${html(withMids(told))}${under === '' ? '' : `<ul>${under}</ul>`}</li>`;
}
