/** The formats `renego convert` writes, told apart by the name of the file. A new one is one line here. */
import { RenegoError } from '../core/errors.ts';
import type { Finding } from '../rules/rule.ts';
import type { CheckReport } from '../sinks/check/report.ts';
import { judged } from './judged.ts';
import type { Loaded } from './load.ts';

/** What a format may draw from. Findings are computed only by formats that tell them. */
export interface Material extends Loaded {
  findings(): readonly Finding[];
}

export interface OutputFormat {
  readonly name: string;
  /** Ends of file names, the longest match wins. */
  readonly extensions: readonly string[];
  write(material: Material): Promise<string>;
}

const report = async ({ header, model, findings }: Material) =>
  (await import('../sinks/report/told.ts')).tell(header, model, findings());

const checked = async (material: Material): Promise<CheckReport> => {
  const [{ catalogue }, { version }] = await Promise.all([import('../rules/index.ts'), import('./version.ts')]);
  const files = [judged(material.path, material, material.findings())];
  return { files, rules: catalogue, tool: { name: 'renego', version: version() } };
};

export const OUTPUT_FORMATS: readonly OutputFormat[] = [
  {
    name: 'session',
    extensions: ['.ndjson', '.renego', '.jsonl'],
    write: async ({ header, events }) => (await import('../sinks/convert/session.ts')).writeSession(header, events),
  },
  {
    name: 'transcript',
    extensions: ['.transcript.ndjson', '.transcript'],
    write: async ({ events }) => (await import('../sinks/convert/transcript.ts')).writeTranscript(events),
  },
  {
    name: 'har',
    extensions: ['.har'],
    write: async ({ header, events }) => (await import('../sinks/convert/har.ts')).writeHar(header, events),
  },
  {
    name: 'markdown',
    extensions: ['.md', '.markdown'],
    write: async (material) => (await import('../sinks/report/markdown.ts')).markdownReport(await report(material)),
  },
  {
    name: 'mermaid',
    extensions: ['.mmd', '.mermaid'],
    write: async (material) => (await import('../sinks/report/mermaid.ts')).mermaidReport(await report(material)),
  },
  {
    name: 'html',
    extensions: ['.html', '.htm'],
    write: async (material) => (await import('../sinks/report/html.ts')).htmlReport(await report(material)),
  },
  {
    name: 'json',
    extensions: ['.json'],
    write: async ({ header, model, findings }) => {
      const { showJson } = await import('../core/report.ts');
      return `${JSON.stringify(showJson(header, model, { findings: findings() }))}\n`;
    },
  },
  {
    name: 'sarif',
    extensions: ['.sarif'],
    write: async (material) => (await import('../sinks/check/sarif.ts')).checkSarif(await checked(material)),
  },
  {
    name: 'junit',
    extensions: ['.xml'],
    write: async (material) => (await import('../sinks/check/junit.ts')).checkJunit(await checked(material)),
  },
];

/** The format of that name, or the one whose extension the path has. Throws RenegoError `usage`/`UNKNOWN_FORMAT`. */
export function outputFormat(path: string, name?: string): OutputFormat {
  const lower = path.toLowerCase();
  const fits = OUTPUT_FORMATS.flatMap((format) =>
    format.extensions.filter((end) => lower.endsWith(end)).map((end) => ({ format, length: end.length })),
  ).sort((a, b) => b.length - a.length);
  const found = name === undefined ? fits[0]?.format : OUTPUT_FORMATS.find((format) => format.name === name);
  if (found !== undefined) return found;
  const what = name === undefined ? `The name ${path} does not say what to write` : `There is no format '${name}'`;
  const ends = OUTPUT_FORMATS.map((format) => `${format.name} (${format.extensions.join(', ')})`).join(', ');
  throw new RenegoError('usage', 'UNKNOWN_FORMAT', `${what}.`, `Formats: ${ends}; or say it with --to.`);
}
