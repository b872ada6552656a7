/** The generated parts of the README: a capture of the real screen, the commands, the keys. */
import { COMMANDS } from '../src/cli/commands.ts';
import { keyTable } from '../src/tui/keymap.ts';
import { startTui } from '../src/tui/start.tsx';
import { recorded } from './recording.ts';
import { createScreen } from './screen.ts';

const [COLUMNS, ROWS] = [116, 24];

/** The terminal UI on a recording, with an ICE restart selected, as it stands on a real terminal grid. */
async function screenCapture(): Promise<string> {
  const { log, model } = recorded('ice-restart.ndjson');
  const screen = createScreen(COLUMNS, ROWS);
  const stop = new AbortController();
  const { stdin, stdout } = screen;
  const options = { log, model, title: 'ice-restart.ndjson', live: false, ascii: false, signal: stop.signal };
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
    const more = details === undefined ? '' : `\n${details}`;
    return `### \`${usage}\`\n\n${summary.charAt(0).toUpperCase()}${summary.slice(1)}.${escapeAngles(more)}\n\n\`\`\`\n${shown}\n\`\`\``;
  }).join('\n\n');
}

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

/** The page with its generated parts made anew. */
export async function generated(page: string): Promise<string> {
  const parts: Record<string, string> = { screen: await screenCapture(), commands: commands(), keys: keys() };
  return page.replace(/<!-- (\w+) -->\n[\s\S]*?<!-- \/\1 -->/g, (block, name: string) => {
    const part = parts[name];
    return part === undefined ? block : `<!-- ${name} -->\n${part}\n<!-- /${name} -->`;
  });
}
