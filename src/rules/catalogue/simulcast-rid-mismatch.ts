import { visible } from '../../sdp/printable.ts';
import type { MSection, Rid, Sdp } from '../../sdp/sdp.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { rtpSections } from '../header-extensions.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';
import { listedRids, ridLines } from '../simulcast.ts';
import { sipccRefusesLater } from '../sipcc.ts';

const layers = (...lines: string[]) =>
  edit(anOffer(['video']), [
    /$/,
    ['extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', ...lines].map((line) => `a=${line}\r\n`).join(''),
  ]);

export const simulcastRidMismatch: Rule = {
  id: 'simulcast-rid-mismatch',
  severity: 'warning',
  scope: 'description',
  title: 'rids and the simulcast line do not fit together',
  cites: [
    cite('RFC 9429', '5.8.3'),
    cite('RFC 8851', '4'),
    cite('RFC 8851', '10'),
    cite('RFC 8852', '3'),
    cite('RFC 8853', '5.1'),
  ],
  explain:
    'Each rid in a=simulcast needs exactly one a=rid line of the same direction. Browsers drop what does not fit without a word, so layers are missing. Firefox refuses rids of other characters than letters and digits; Chrome takes them.',
  fix: 'Write one a=rid:<id> send (or recv) per listed rid, with an id of letters and digits, and name in pt= only formats of the m= line.',
  examples: {
    bad: [
      conversation('a rid without its line', a.offers(layers('rid:q send', 'simulcast:send q;h'))),
      conversation('the other direction', a.offers(layers('rid:q send', 'rid:h recv', 'simulcast:send q;h'))),
      conversation(
        'the same id twice',
        a.offers(layers('rid:q send', 'rid:q send', 'rid:h send', 'simulcast:send q;h')),
      ),
      conversation('an id Firefox refuses', a.offers(layers('rid:lo_1 send', 'rid:h send', 'simulcast:send lo_1;h'))),
      conversation(
        'a format that is not offered',
        a.offers(layers('rid:q send pt=120', 'rid:h send', 'simulcast:send q;h')),
      ),
    ],
    good: [conversation('all fit', a.offers(layers('rid:q send pt=96', 'rid:h send', 'simulcast:send q;h')))],
  },
  check: ({ sdp, description }) =>
    rtpSections(sdp).flatMap((section) => {
      const where = `in ${nameOf(section)} of ${whose(description)}`;
      const faults = [...listFaults(section), ...ridFaults(section)];
      const mismatch = faults.slice(0, 3).map(({ what }) => what);
      const report: Report[] =
        faults.length === 0
          ? []
          : [{ message: `${capital(mismatch.join(', '))} ${where}.`, section, line: faults[0]?.line ?? section.line }];
      return [...report, ...oddIds(section).map((rid) => oddReport(rid, section, where, sipccSays(sdp, section, rid)))];
    }),
};

interface Mismatch {
  readonly what: string;
  readonly line: number;
}

/** What a=simulcast names and no a=rid line bears out. */
function listFaults(section: MSection): Mismatch[] {
  const line = section.simulcast[0]?.line;
  if (line === undefined || section.rids.length === 0) return [];
  const lines = ridLines(section);
  const faults = (['send', 'recv'] as const).flatMap((way) =>
    [...new Set(listedRids(section, way))].flatMap((rid) => {
      if (rid === '') return [];
      const own = lines.get(rid);
      if (own === undefined) return [`rid '${visible(rid, 20)}' has no a=rid line`];
      return own.every(({ direction }) => direction === way)
        ? []
        : [`rid '${visible(rid, 20)}' is listed for ${way} but declared ${visible(own[0]?.direction ?? '', 10)}`];
    }),
  );
  return faults.map((what) => ({ what, line }));
}

/** a=rid lines that stand twice, or restrict themselves to formats the section lacks. */
function ridFaults(section: MSection): Mismatch[] {
  const formats = new Set(section.formats);
  return [...ridLines(section).values()].flatMap((lines) => {
    const [first, again] = lines as [Rid, ...Rid[]];
    const name = `rid '${visible(first.id, 20)}'`;
    const pt = first.parameters.find(({ key }) => key === 'pt')?.value.split(',') ?? [];
    const unknown = pt.find((format) => !formats.has(format));
    return [
      ...(again ? [{ what: `${name} has two a=rid lines`, line: again.line }] : []),
      ...(unknown !== undefined
        ? [{ what: `${name} names format ${visible(unknown, 10)}, which the m= line lacks`, line: first.line }]
        : []),
    ];
  });
}

/** The first id that Firefox refuses: it reads a=simulcast before a=rid. */
function oddIds(section: MSection): readonly Rid[] {
  const odd = section.rids.filter(({ id }) => !/^[A-Za-z0-9]*$/.test(id) || id.length > 255);
  const listed = [...listedRids(section, 'send'), ...listedRids(section, 'recv')];
  const ids = new Set(odd.map(({ id }) => id));
  const first = listed.find((rid) => ids.has(rid));
  return odd.filter(({ id }) => first === undefined || id === first).slice(0, 1);
}

function oddReport(rid: Rid, section: MSection, where: string, firefox: string | undefined): Report {
  const message = `The rid '${visible(rid.id, 24)}' ${where} has other characters than letters and digits, or is too long: Firefox refuses it.`;
  return { message, severity: 'error', section, line: rid.line, refusedBy: firefox === undefined ? {} : { firefox } };
}

/** It names the place behind the id: in the a=simulcast line if that lists it, else in the a=rid line. */
function sipccSays(sdp: Sdp, section: MSection, { id, line }: Rid): string | undefined {
  if (id.length > 255) return undefined;
  const [simulcast] = section.simulcast;
  const at = simulcast?.text.split(/[ ;,~]/).includes(id) ? simulcast : undefined;
  const column = at ? placeOf(at.text, id) + id.length : id.length;
  const reason = `Rid can contain only alphanumeric characters (according to RFC 8852) at column ${column}`;
  return sipccRefusesLater(sdp, at?.line ?? line, reason);
}

/** Where the id stands by itself in the list. */
function placeOf(text: string, id: string): number {
  let at = text.indexOf(id);
  while (at > 0 && (/[^ ;,~]/.test(text.charAt(at - 1)) || /[^ ;,]/.test(text.charAt(at + id.length)))) {
    at = text.indexOf(id, at + 1);
  }
  return Math.max(at, 0);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
