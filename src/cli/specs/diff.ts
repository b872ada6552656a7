import type { CommandSpec } from '../command.ts';
import { FILES } from './options.ts';

export const diff: CommandSpec = {
  name: 'diff',
  group: FILES,
  summary: 'say what changed between two descriptions',
  details:
    'Two sources: <a> <b>, each an SDP file or an event of a session (demo.ndjson#12).\n' +
    'One session: event n against event m; n alone against what it follows; neither: every round in turn, with ' +
    'what it settled or changed for the call.\n' +
    'Exit code 0 if nothing differs, 1 if something does.',
  args: [
    { name: '<a>', help: 'SDP text, a session, or one event of it (<session>#N)' },
    { name: '[b]', help: 'what to compare with: another source, or the number of an event in <a>' },
    { name: '[m]', help: 'number of the second event in <a>' },
  ],
  options: [
    { flags: '--json', help: 'print one JSON object' },
    { flags: '--raw', help: 'compare line by line, without meaning' },
    { flags: '--agreement', help: 'compare an offer with its answer: what both settled on' },
    { flags: '--markdown', help: 'print Markdown, for an issue or a review' },
  ],
  examples: [
    { command: 'renego diff before.sdp after.sdp', shows: 'what changed, in sentences' },
    { command: 'renego diff demo.ndjson', shows: 'what every offer and answer of a recording changed' },
    { command: 'renego diff demo.ndjson#12 other.sdp --json', shows: 'event 12 against a file, for a program' },
  ],
  load: async () => (await import('../commands/diff.ts')).run,
};
