/** The text and the lines of the session part. */
import {
  ANY,
  after,
  chosen,
  EOL,
  linesOf,
  type Mutate,
  onLine,
  onSection,
  remove,
  replace,
  textOf,
  twice,
  whole,
} from './edit.ts';

export const text: Readonly<Record<string, Mutate>> = {
  nothing: whole((sdp) => sdp),
  'drop any line': remove(/^/),
  'repeat any line': twice(/^/),
  'swap two neighbouring lines': (sdp, random) => {
    const lines = linesOf(sdp);
    const at = random(lines.length - 1);
    lines.splice(at, 2, lines[at + 1] as string, lines[at] as string);
    return textOf(lines);
  },
  'shuffle the attributes of a section': onSection(ANY, (section, random) => {
    const [head = '', ...rest] = linesOf(section);
    const fixed = rest.filter((line) => !line.startsWith('a='));
    const attributes = rest.filter((line) => line.startsWith('a='));
    const at = random(attributes.length);
    return textOf([head, ...fixed, ...attributes.slice(at), ...attributes.slice(0, at)]);
  }),
  'cut the last line end': whole((sdp) => sdp.trimEnd()),
  'cut the text anywhere': (sdp, random) => sdp.slice(0, 1 + random(sdp.length - 1)),
  'line feeds only': whole((sdp) => sdp.replaceAll(EOL, '\n')),
  'escape the line ends': whole((sdp) => sdp.replaceAll(EOL, '\\r\\n')),
  'stringify once more': whole((sdp) => JSON.stringify(sdp)),
  'insert an empty line': onLine(/^/, (line) => line + EOL),
  'indent a line': onLine(/^/, (line) => ` ${line}`),
  'space at the end of a line': onLine(/^/, (line) => `${line} `),
  'fuse two attributes': (sdp, random) => {
    const ends = [...sdp.matchAll(/\r\n(?=a=)/g)].map((end) => end.index);
    const at = chosen(random, ends);
    return at === undefined ? undefined : sdp.slice(0, at) + sdp.slice(at + 2);
  },
  'drop the equals sign': onLine(/^a=/, (line) => line.replace('=', '')),
  'drop v=': remove(/^v=/),
  'drop o=': remove(/^o=/),
  'drop s=': remove(/^s=/),
  'drop t=': remove(/^t=/),
  'empty s=': replace(/^s=.*/, 's='),
  'o= with five fields': replace(/ IN IP4 \S+$/, ' IN IP4'),
  'o= with another id': onLine(/^o=/, (line) => line.replace(/^(o=\S+) \d+/, '$1 4711')),
  'v=1': replace(/^v=0/, 'v=1'),
  'bandwidth in the session after attributes': after(/^a=group/, 'b=AS:500'),
  'unknown line type': after(/^a=mid/, 'y=1'),
  'drop c=': remove(/^c=/),
  'c= of the wrong family': replace(/^c=IN IP4.*/, 'c=IN IP4 ::1'),
  'c= multicast': replace(/^c=.*/, 'c=IN IP4 224.2.3.4'),
  'c= with two fields': replace(/^c=.*/, 'c=IN IP4'),
  'c= with a name': replace(/^c=.*/, 'c=IN IP4 example.org'),
};
