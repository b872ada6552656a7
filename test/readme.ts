/** The generated parts of the README: a capture of the real screen, the commands, the measured verdicts, the rules, the keys. */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { COMMANDS } from '../src/cli/commands.ts';
import { protocolRows } from '../src/cli/protocol-table.ts';
import { SETTINGS } from '../src/cli/settings.ts';
import { FIELDS } from '../src/core/filter.ts';
import { fixedFindings } from '../src/rules/finding-store.ts';
import { catalogue, check } from '../src/rules/index.ts';
import { wrap } from '../src/sinks/wrap.ts';
import { keyTable } from '../src/tui/keymap.ts';
import { startTui } from '../src/tui/start.ts';
import { recorded } from './recording.ts';
import { type BrokenRow, type Expected, judgeRows } from './rules/truth.ts';
import { createScreen } from './screen.ts';

const [COLUMNS, ROWS] = [116, 24];

/** The terminal UI on a recording, with an ICE restart selected, as it stands on a real terminal grid. */
async function screenCapture(): Promise<string> {
  const { log, model } = recorded('ice-restart.ndjson');
  const screen = createScreen(COLUMNS, ROWS);
  const stop = new AbortController();
  const { stdin, stdout } = screen;
  const findings = fixedFindings(check(log.events));
  const options = { log, model, findings, title: 'ice-restart.ndjson', live: false, ascii: false, signal: stop.signal };
  const running = startTui({ ...options, stdin, stdout, select: 11, clock: () => 0 });
  let lines = await screen.lines();
  for (let patience = 200; !lines.join('').includes('Restarts ICE') && patience > 0; patience -= 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    lines = await screen.lines();
  }
  stop.abort();
  await running;
  return `\`\`\`\n${lines.join('\n').trimEnd()}\n\`\`\``;
}

function commands(): string {
  return COMMANDS.map(({ name, args, summary, details, examples }) => {
    const usage = ['renego', name, ...args.map((arg) => arg.name)].join(' ');
    const shown = examples.map(({ command, shows }) => `$ ${command}\n    ${shows}`).join('\n');
    const more = details === undefined ? '' : `\n${wrapped(details)}`;
    return `### \`${usage}\`\n\n${summary.charAt(0).toUpperCase()}${summary.slice(1)}.${escapeAngles(more)}\n\n\`\`\`\n${shown}\n\`\`\``;
  }).join('\n\n');
}

const wrapped = (text: string): string =>
  text
    .split('\n')
    .flatMap((line) => wrap(line, 120))
    .join('\n');

/** `<b>` would be HTML. */
function escapeAngles(text: string): string {
  return text.replaceAll('<', '&lt;');
}

function keys(): string {
  const rows = keyTable().map((row) => `| ${code(row.keys)} | ${row.help} |`);
  return ['| key | does |', '|---|---|', ...rows].join('\n');
}

function code(names: string): string {
  return names
    .split(' ')
    .map((name) => (name === '..' ? 'to' : `\`${name === '|' ? '\\|' : name}\``))
    .join(' ');
}

/** The fields of filters. */
function fields(): string {
  const rows = FIELDS.map(({ name, help, words, values, afterwards }) => {
    const shown = name === 'kind' ? 'kinds as above' : (words?.map(code).join(' ') ?? '');
    const also = ['number', 'time', 'bytes'].includes(values) ? SHOWN_VALUES[values] : '';
    const where = afterwards === true ? " (not in the proxy's rules)" : '';
    return `| \`${name}\` | ${help}${where} | ${[shown, also].filter((part) => part !== '').join(' ')} |`;
  });
  return ['| field | is | can be, besides a text |', '|---|---|---|', ...rows].join('\n');
}

const SHOWN_VALUES: Readonly<Record<string, string>> = {
  number: '`3` `3..7`',
  time: '`500ms` `2s` `1m..2m`',
  bytes: '`800` `4kB`',
};

function settings(): string {
  const rows = SETTINGS.map(({ name, help, env, values, initial }) => {
    const usual = initial === undefined || typeof initial === 'object' ? '' : `\`${initial}\``;
    return `| \`${name}\` | ${escapeAngles(help)} | ${values} | ${usual} | ${env === undefined ? '' : `\`${env}\``} |`;
  });
  return ['| setting | is | can be | is usually | variable |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** The rules by name, with where they are written. */
function rules(): string {
  const rows = [...catalogue]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(
      ({ id, severity, title, cites }) => `| \`${id}\` | ${severity} | ${escapeAngles(title)} | ${citations(cites)} |`,
    );
  return ['| rule | severity | finds | see |', '|---|---|---|---|', ...rows].join('\n');
}

/** `RFC 9429 5.11, 5.12; RFC 3264 6` */
function citations(cites: (typeof catalogue)[number]['cites']): string {
  const sections = new Map<string, string[]>();
  for (const { spec, section } of cites) sections.set(spec, [...(sections.get(spec) ?? []), section]);
  return [...sections].map(([spec, list]) => `${spec} ${list.join(', ')}`).join('; ');
}

function protocolTable(): string {
  const rows = protocolRows().map(({ name, title, restart, tested }) => {
    return `| \`${name}\` | ${escapeAngles(title)} | yes | yes | ${escapeAngles(restart)} | ${escapeAngles(tested)} |`;
  });
  return [
    '| protocol | system | read | joined | ICE restart | tested against |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

const ASKED: readonly (readonly [Expected, string, string])[] = [
  ['refused', 'the browser refuses it', 'an error that quotes the browser to the letter'],
  ['silent', 'the browser takes it, and something is lost without a word', 'an error or a warning'],
  ['clean', 'it is legal, and the browser takes it', 'no error'],
];

/** The rules against the verdicts of real browsers, as `test/rules/truth.test.ts` judges them. */
function measured(): string {
  const file = new URL('./fixtures/broken/broken.ndjson.br', import.meta.url);
  const lines = brotliDecompressSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
  const verdicts = judgeRows(lines.map((line) => JSON.parse(line) as BrokenRow));
  const rows = ASKED.map(([expected, what, right]) => {
    const asked = verdicts.filter((verdict) => verdict.expected === expected);
    return `| ${what} | ${right} | ${asked.filter((verdict) => verdict.right).length} of ${asked.length} |`;
  });
  const left = (expected: Expected) => verdicts.filter((verdict) => verdict.expected === expected).length;
  const rest = `${lines.length} cases, two browsers each. Not counted: ${left('open')} verdicts on what is not legal but does no harm, or what only the other browser refuses, and ${left('unseen')} on what does not show on the wire.`;
  return [...['| what happens | right is | right |', '|---|---|---|'], ...rows, '', rest].join('\n');
}

/** The page with its generated parts made anew. */
export async function generated(page: string): Promise<string> {
  const parts: Record<string, string> = {
    screen: await screenCapture(),
    commands: commands(),
    protocols: protocolTable(),
    measured: measured(),
    rules: rules(),
    fields: fields(),
    settings: settings(),
    keys: keys(),
  };
  return page.replace(/<!-- (\w+) -->\n[\s\S]*?<!-- \/\1 -->/g, (block, name: string) => {
    const part = parts[name];
    return part === undefined ? block : `<!-- ${name} -->\n${part}\n<!-- /${name} -->`;
  });
}
