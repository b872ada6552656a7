/** The formats `renego convert` writes, told apart by the name of the file. A new one is one line here. */
import { RenegoError } from '../core/errors.ts';
import type { SessionHeader } from '../core/event.ts';
import type { Finding } from '../rules/rule.ts';
import type { CheckReport } from '../sinks/check/report.ts';
import type { EventWriter } from '../sinks/convert/writer.ts';
import { judged } from './judged.ts';
import type { Loaded } from './load.ts';

/** What a format may draw from. Findings are computed only by formats that tell them. */
export interface Material extends Loaded {
  findings(): readonly Finding[];
}

interface Named {
  readonly name: string;
  /** Ends of file names, the longest match wins. */
  readonly extensions: readonly string[];
}

/** Written while the events come, so that a session of any size can be. */
export interface StreamedFormat extends Named {
  open(header: SessionHeader): Promise<EventWriter>;
}

/** Tells about the session as a whole, as text in parts. */
export interface ReportFormat extends Named {
  write(material: Material): Promise<Iterable<string>>;
}

export type OutputFormat = StreamedFormat | ReportFormat;

const report = async ({ header, model, findings }: Material) =>
  (await import('../sinks/report/told.ts')).tell(header, model, findings());

const checked = async (material: Material): Promise<CheckReport> => {
  const [{ catalogue }, { version }] = await Promise.all([import('../rules/index.ts'), import('./version.ts')]);
  const files = [judged(material.path, material, material.findings())];
  return { files, rules: catalogue, tool: { name: 'renego', version: version() } };
};

const STREAMED: readonly StreamedFormat[] = [
  {
    name: 'session',
    extensions: ['.ndjson', '.renego', '.jsonl'],
    open: async (header) => (await import('../sinks/convert/session.ts')).sessionWriter(header),
  },
  {
    name: 'transcript',
    extensions: ['.transcript.ndjson', '.transcript'],
    open: async () => (await import('../sinks/convert/transcript.ts')).transcriptWriter(),
  },
  {
    name: 'har',
    extensions: ['.har'],
    open: async (header) => (await import('../sinks/convert/har.ts')).harWriter(header),
  },
];

type ReportName = 'markdown' | 'mermaid' | 'html' | 'json' | 'sarif' | 'junit';

const REPORTS: readonly (ReportFormat & { readonly name: ReportName })[] = [
  {
    name: 'markdown',
    extensions: ['.md', '.markdown'],
    write: async (material) => [(await import('../sinks/report/markdown.ts')).markdownReport(await report(material))],
  },
  {
    name: 'mermaid',
    extensions: ['.mmd', '.mermaid'],
    write: async (material) => [(await import('../sinks/report/mermaid.ts')).mermaidReport(await report(material))],
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
      const { showJsonParts } = await import('../core/report.ts');
      return showJsonParts(header, model, findings());
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

export const OUTPUT_FORMATS: readonly OutputFormat[] = [...STREAMED, ...REPORTS];

/** The report of that name. */
export function reportFormat(name: ReportName): ReportFormat {
  return REPORTS.find((format) => format.name === name) as ReportFormat;
}

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
