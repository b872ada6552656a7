import type { Description } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import type { Attribute, MSection, Sdp } from '../../sdp/sdp.ts';
import { chromeParse, chromeSection, firefoxRefuses } from '../browser.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { type FingerprintFault, fingerprintFault, fingerprintLines } from '../fingerprint.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Refusal, type Report, type Rule, type Severity } from '../rule.ts';
import { sipccRefusesLater } from '../sipcc.ts';
import { chromeReads } from '../transport.ts';

const SAYS: Readonly<Record<FingerprintFault, readonly [Severity, string]>> = {
  unreadable: [
    'error',
    'is not a hash name, a blank and pairs of hexadecimal digits with colons; both browsers refuse it',
  ],
  hash: ['error', 'names a hash function that neither browser knows'],
  length: ['error', 'has a digest of the wrong length for its hash; both browsers accept it, then DTLS fails'],
  padded: ['error', 'has a blank too many; Chrome refuses it'],
  'lower-case': ['error', 'is in lower case; Firefox refuses it, Chrome does not mind'],
  placeholder: [
    'warning',
    'repeats one byte: a placeholder, not the digest of a certificate; both accept it, then DTLS fails',
  ],
  'sha-1': ['info', 'uses SHA-1, which RFC 8122 no longer allows for new software; both browsers still accept it'],
};

type Line = { readonly attribute: Attribute; readonly section: MSection | undefined };

function lineText(sdp: Sdp, { line }: Attribute): string {
  return sdp.lines[line - 1]?.text ?? '';
}

function refusal(description: Description, { attribute, section }: Line, fault: FingerprintFault): Refusal {
  const { sdp } = description;
  const line = lineText(sdp, attribute);
  const [, digest] = (attribute.value ?? '').trim().split(/[ \t]+/);
  const chrome = line.split(' ').length === 2 ? 'Failed to create fingerprint from the digest.' : 'Expects 2 fields.';
  const words = digest === undefined ? 'Only one token in fingerprint attribute' : 'Malformed fingerprint token';
  const parsed = sipccRefusesLater(sdp, attribute.line, words);
  const firefox = parsed === undefined ? {} : { firefox: parsed };
  switch (fault) {
    case 'unreadable':
      return { chrome: chromeParse(line, chrome), ...firefox };
    case 'hash':
      return { chrome: chromeParse(line, chrome), ...unknownHash(sdp, section, attribute.value ?? '') };
    case 'padded':
      return { chrome: chromeParse(line, 'Expects 2 fields.'), ...(/[ \t]$/.test(line) ? firefox : {}) };
    case 'lower-case':
      return firefox;
    case 'length':
      return { ...wrongLength(description, section), ...(/[a-f]/.test(digest ?? '') ? firefox : {}) };
    default:
      return {};
  }
}

/** Chrome finds out when it applies an answer; of an offer, only when its own answer is made. */
function wrongLength(description: Description, section: MSection | undefined): Refusal {
  const mid = section?.mid?.value;
  if (description.type !== 'answer' || !section || mid === undefined || !chromeReads(description, section)) return {};
  return { chrome: chromeSection(description, mid, 'Failed to apply remote fingerprint.') };
}

/** Firefox passes over hashes it does not know and then misses one it does. It still knows MD2 and MD5. */
function unknownHash(sdp: Sdp, section: MSection | undefined, value: string): Refusal {
  if (/^md[25] /i.test(value.trim())) return {};
  const level =
    section?.index ?? sdp.media.findIndex((media) => !media.rejected && media.ownDtls.fingerprints.length === 0);
  const others = (section?.attributes ?? sdp.attributes).filter(
    ({ name, value }) => name === 'fingerprint' && fingerprintFault(value ?? '') !== 'hash',
  );
  if (level < 0 || others.length > 0) return {};
  const reason = `Invalid description, no supported fingerprint algorithms present at level ${level}`;
  return { firefox: firefoxRefuses(reason) };
}

/** Chrome takes one fingerprint line at session level, and of several in a section the last. */
function repeated(description: Description, lines: readonly Line[]): Report[] {
  const session = lines.filter(({ section }) => section === undefined);
  const second = session[1];
  if (second) {
    const line = lineText(description.sdp, second.attribute);
    return [
      {
        message: `${whose(description)} has ${session.length} a=fingerprint lines at session level; Chrome refuses more than one there.`,
        line: second.attribute.line,
        refusedBy: { chrome: chromeParse(line, "Can't have multiple fingerprint attributes at the same level.") },
      },
    ];
  }
  const many = description.sdp.media.find((section) => !section.rejected && section.ownDtls.fingerprints.length > 1);
  if (!many) return [];
  return [
    {
      message: `${nameOf(many)} in ${whose(description)} has ${many.ownDtls.fingerprints.length} fingerprints; that is legal, but Chrome only uses the last.`,
      severity: 'info',
      section: many,
      line: many.ownDtls.fingerprints[0]?.line ?? many.line,
    },
  ];
}

/** Chrome also reads the lines of rejected sections, and gives up on the first it cannot read. */
function dead(description: Description, lines: readonly Line[]): Report[] {
  for (const { attribute, section } of lines) {
    const fault = fingerprintFault(attribute.value ?? '');
    if (!section?.rejected || (fault !== 'unreadable' && fault !== 'hash' && fault !== 'padded')) continue;
    const { chrome } = refusal(description, { attribute, section }, fault);
    const message = `The fingerprint '${visible(attribute.value ?? '', 40)}' of ${nameOf(section)}, which is rejected, in ${whose(description)} cannot be read: Chrome refuses the description.`;
    return [{ message, section, line: attribute.line, refusedBy: chrome === undefined ? {} : { chrome } }];
  }
  return [];
}

export const dtlsFingerprintMalformed: Rule = {
  id: 'dtls-fingerprint-malformed',
  severity: 'error',
  scope: 'description',
  title: 'a certificate fingerprint cannot be used as it stands',
  cites: [cite('RFC 8122', '5')],
  explain:
    'A fingerprint is the name of a hash function, a blank and the digest as upper-case pairs of hexadecimal digits with colons between them. Chrome gives up on what it cannot decode, Firefox on lower case as well; a digest that was cut passes both and then matches no certificate.',
  fix: 'Copy the whole line as the DTLS stack prints it. When you compute it yourself, use sha-256, upper case and colons.',
  exceptions:
    'Several fingerprints with different hashes in one section are legal. The name of the hash may have any case.',
  examples: {
    bad: [
      conversation('lower case', a.offers(edit(anOffer(), ['A1:01:', 'a1:01:']))),
      conversation('the digest was cut', a.offers(edit(anOffer(), [':1D:1E:1F', ':1D']))),
      conversation('an unknown hash', a.offers(edit(anOffer(), ['sha-256', 'md5']))),
    ],
    good: [
      conversation('the hash in capitals', a.offers(edit(anOffer(), ['sha-256', 'SHA-256']))),
      conversation('masked by a logger', a.offers(edit(anOffer(), [/sha-256 \S+/, 'sha-256 XX:XX:XX']))),
    ],
  },
  check: ({ description, sdp }) => {
    const all = fingerprintLines(sdp);
    const lines = all.filter(({ section }) => section?.rejected !== true);
    const seen = new Set<string>();
    const faults = lines.flatMap((line): Report[] => {
      const value = line.attribute.value ?? '';
      const fault = fingerprintFault(value);
      if (fault === undefined || seen.has(value)) return [];
      seen.add(value);
      const [severity, says] = SAYS[fault];
      const where = line.section ? nameOf(line.section) : 'the session';
      return [
        {
          message: `The fingerprint '${visible(value, 40)}' of ${where} in ${whose(description)} ${says}.`,
          severity,
          ...(line.section ? { section: line.section } : {}),
          line: line.attribute.line,
          refusedBy: refusal(description, line, fault),
        },
      ];
    });
    return [...faults, ...(faults.length === 0 ? dead(description, all) : []), ...repeated(description, lines)];
  },
};
