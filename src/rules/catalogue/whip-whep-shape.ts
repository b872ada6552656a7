import type { Description } from '../../core/model.ts';
import { bundleGroups } from '../../sdp/bundle.ts';
import type { MSection, Sdp } from '../../sdp/sdp.ts';
import { receives } from '../direction.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { rtpSections } from '../header-extensions.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type HttpMessage, type Report, type Rule, type TranscriptLine } from '../rule.ts';
import { type HttpEvent, httpReports, isWhip } from '../whip.ts';

const over = (protocol: string, line: TranscriptLine, http?: HttpMessage): TranscriptLine => ({
  ...line,
  protocol,
  ...(http ? { http } : {}),
});
const as = (direction: string) => [{ kind: 'audio', direction }] as const;
const POST = { method: 'POST', headers: { 'content-type': 'application/sdp' } };
const CREATED = { method: 'POST', status: 201, headers: { location: '/s/1', etag: '"e1"' } };
const OFFER = over('whip', a.offers(anOffer(as('sendonly'))), POST);
const ANSWER = over('whip', b.answers(anAnswer(as('recvonly'))), CREATED);
const patch = (headers: Record<string, string>): TranscriptLine => ({
  from: 'a',
  to: 'b',
  protocol: 'whip',
  http: { method: 'PATCH', headers: { 'content-type': 'application/trickle-ice-sdpfrag', ...headers } },
});

export const whipWhepShape: Rule = {
  id: 'whip-whep-shape',
  severity: 'error',
  scope: 'event',
  title: 'a WHIP or WHEP exchange does not have the shape it must have',
  cites: [
    cite('RFC 9725', '4.2'),
    cite('RFC 9725', '4.3.1'),
    cite('RFC 9725', '4.3.3'),
    cite('RFC 9725', '4.4.1'),
    cite('RFC 9725', '4.4.2'),
  ],
  explain:
    'WHIP publishes and WHEP plays over HTTP: POST carries the offer, 201 Created with a Location the answer, PATCH candidates and restarts as SDP fragments, DELETE the end. The publisher only sends and the server only receives, with WHEP the other way round; all sections are bundled. Servers refuse what differs, or accept it and no media flow.',
  fix: 'Offer sendonly (WHEP: recvonly) sections of one stream in one BUNDLE group, answer recvonly (WHEP: sendonly) with 201 and Location, and send PATCH with If-Match: the ETag of the session, or * to restart ICE.',
  exceptions:
    'sendrecv in a WHIP offer, a=setup:active in it, and a WHEP server that answers 406 with an offer of its own.',
  examples: {
    bad: [
      conversation('a publisher that only receives', over('whip', a.offers(anOffer(as('recvonly'))), POST)),
      conversation(
        'a server that would send',
        over('whip', a.offers(anOffer(as('sendrecv'))), POST),
        over('whip', b.answers(anAnswer(as('sendrecv'))), CREATED),
      ),
      conversation(
        'two cameras',
        over(
          'whip',
          a.offers(
            anOffer([
              { kind: 'video', direction: 'sendonly' },
              { kind: 'video', direction: 'sendonly' },
            ]),
          ),
          POST,
        ),
      ),
      conversation(
        'the sections are not bundled',
        over(
          'whip',
          a.offers(
            edit(
              anOffer([
                { kind: 'audio', direction: 'sendonly' },
                { kind: 'video', direction: 'sendonly' },
              ]),
              ['a=group:BUNDLE 0 1\r\n', ''],
            ),
          ),
          POST,
        ),
      ),
      conversation('a player that sends only', over('whep', a.offers(anOffer(as('inactive'))), POST)),
      conversation(
        'no Location',
        OFFER,
        over('whip', b.answers(anAnswer(as('recvonly'))), { ...CREATED, headers: {} }),
      ),
      conversation(
        '200 instead of 201',
        OFFER,
        over('whip', b.answers(anAnswer(as('recvonly'))), { ...CREATED, status: 200 }),
      ),
      conversation('PATCH without If-Match', OFFER, ANSWER, patch({})),
      conversation('PATCH is refused', OFFER, ANSWER, {
        from: 'b',
        to: 'a',
        protocol: 'whip',
        http: { method: 'PATCH', status: 428 },
      }),
      conversation(
        'an offer as JSON',
        over('whip', a.offers(anOffer(as('sendonly'))), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
        }),
      ),
    ],
    good: [
      conversation('publish, trickle', OFFER, ANSWER, patch({ 'if-match': '"e1"' })),
      conversation(
        'play',
        over('whep', a.offers(anOffer(as('recvonly'))), POST),
        over('whep', b.answers(anAnswer(as('sendonly'))), CREATED),
      ),
      conversation('the same over another channel', a.offers(anOffer(as('recvonly')))),
    ],
  },
  check: ({ model, event }) => {
    if (!isWhip(event)) return [];
    const described = model.described.get(event.seq) ?? [];
    return [...httpReports(model, event), ...described.flatMap((description) => shapeReports(event, description))];
  },
};

function shapeReports({ protocol }: HttpEvent, description: Description): Report[] {
  if (description.type === 'offer') return offerReports(description, protocol === 'whip');
  return description.type === 'answer' ? answerReports(description, protocol === 'whip') : [];
}

function report(sections: readonly MSection[], message: string, severity: Report['severity'] = 'error'): Report {
  const [section] = sections;
  return section ? { message, severity, section } : { message, severity };
}

function offerReports(description: Description, whip: boolean): Report[] {
  const sections = rtpSections(description.sdp);
  const counter = !whip && sections.length > 0 && sections.every(({ direction }) => direction === 'sendonly');
  const wrong = whip ? ['recvonly', 'inactive'] : counter ? [] : ['sendonly', 'inactive'];
  const idle = sections.filter(({ direction }) => wrong.includes(direction));
  const what = whip ? 'a WHIP client publishes: sendonly' : 'a WHEP client plays: recvonly';
  const direction = `${namesOf(idle)} in ${whose(description)} is ${idle[0]?.direction}, but ${what}.`;
  return [...(idle.length > 0 ? [report(idle, direction)] : []), ...layout(description, sections, whip)];
}

function layout(description: Description, sections: readonly MSection[], whip: boolean): Report[] {
  const { sdp } = description;
  const kinds = new Set<string>();
  const twice = sections.filter(({ kind }) => kinds.size === kinds.add(kind).size);
  const streams = new Set(sections.flatMap(({ msids }) => msids.map(({ stream }) => stream)));
  const apart = unbundled(sdp);
  return [
    ...(apart.length > 0
      ? [
          report(
            apart,
            `${namesOf(apart)} in ${whose(description)} is outside the BUNDLE group; WHIP and WHEP use one transport.`,
            'warning',
          ),
        ]
      : []),
    ...(twice.length > 0
      ? [
          report(
            twice,
            `${whose(description)} has a second ${twice[0]?.kind} section, ${namesOf(twice)}; servers take one of each kind.`,
            'warning',
          ),
        ]
      : []),
    ...(whip && streams.size > 1
      ? [report(sections, `${whose(description)} names ${streams.size} streams; WHIP publishes one.`, 'warning')]
      : []),
  ];
}

/** Live sections that are not all in one group. */
function unbundled(sdp: Sdp): readonly MSection[] {
  const live = sdp.media.filter(({ rejected }) => !rejected);
  if (live.length < 2) return [];
  const [first] = bundleGroups(sdp);
  const mids = new Set(first?.mids);
  return live.filter(({ mid }) => mid === undefined || !mids.has(mid.value));
}

function answerReports(description: Description, whip: boolean): Report[] {
  const offered = description.round?.offer.sdp.media ?? [];
  const right = whip ? 'recvonly' : 'sendonly';
  const media = description.sdp.media.filter(({ kind }) => kind === 'audio' || kind === 'video');
  const wrong = media.filter(({ rejected, direction, index }) => {
    const offer = offered[index];
    const allowed = offer === undefined || (whip ? receives(offer) : offer.direction === 'sendrecv');
    return !rejected && direction !== right && direction !== 'inactive' && allowed;
  });
  const declined = media.filter(({ rejected, index }) => rejected && offered[index]?.rejected === false);
  const single = declined.length > 0 && declined.length < media.length;
  return [
    ...(wrong.length > 0
      ? [
          report(
            wrong,
            `${namesOf(wrong)} in ${whose(description)} is ${wrong[0]?.direction}; a ${whip ? 'WHIP' : 'WHEP'} server answers ${right}.`,
          ),
        ]
      : []),
    ...(single
      ? [
          report(
            declined,
            `${whose(description)} rejects ${namesOf(declined)} alone; WHIP and WHEP accept or refuse the whole session.`,
            'warning',
          ),
        ]
      : []),
  ];
}
