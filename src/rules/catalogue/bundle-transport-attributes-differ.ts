import type { Description } from '../../core/model.ts';
import { transportSection } from '../../sdp/bundle.ts';
import type { MSection, Sdp } from '../../sdp/sdp.ts';
import { chromeRefuses } from '../browser.ts';
import { establishedBy, groupOf } from '../bundle.ts';
import { a, anAnswer, anOffer, b, conversation, editSection } from '../example.ts';
import { rtpSections } from '../header-extensions.ts';
import { isMasked } from '../masked.ts';
import { nameOf, namesOf, whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';
import { credentialChange } from '../transport.ts';

export const bundleTransportAttributesDiffer: Rule = {
  id: 'bundle-transport-attributes-differ',
  severity: 'warning',
  scope: 'description',
  title: 'sections of one bundle state different transports',
  cites: [cite('RFC 9143', '7.1.3'), cite('RFC 9143', '10'), cite('RFC 8859', '5')],
  explain:
    'Sections of an agreed bundle share one transport, so ICE credentials, certificate and DTLS role are those of its first section. Browsers take the values there and ignore the others; some servers refuse the description, or use the wrong ones.',
  fix: 'Write the same values into all sections of the bundle, or leave them out of all but the first.',
  exceptions:
    'In a first offer each section may still get a transport of its own, and a rejected section may carry anything.',
  examples: {
    bad: [
      conversation(
        'the gateway gives video credentials of its own',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(
          editSection(
            anAnswer(['audio', 'video']),
            '1',
            ['ice-ufrag:bUf1', 'ice-ufrag:other'],
            ['PasswordOfGeneration', 'PasswordOfAnother000'],
          ),
        ),
      ),
      conversation(
        'another role in a bundled section',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(editSection(anAnswer(['audio', 'video']), '1', ['setup:active', 'setup:passive'])),
      ),
    ],
    good: [
      conversation(
        'the same everywhere',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', 'video'])),
      ),
      conversation(
        'a first offer with a transport for each',
        a.offers(
          editSection(
            anOffer(['audio', 'video']),
            '1',
            ['ice-ufrag:aUf1', 'ice-ufrag:other'],
            ['PasswordOfGeneration', 'PasswordOfAnother000'],
          ),
        ),
      ),
    ],
  },
  check: ({ session, sdp, description }) => {
    const mixed = cryptexMix(description);
    if (mixed) return [mixed];
    const established = description.type === 'offer' ? establishedBy(session, description) : undefined;
    if (description.type === 'offer' && !established) return [];
    const settled = established ? groupOf(established.sdp) : undefined;
    const what = new Set<string>();
    const odd = sdp.media.filter((section) => {
      const tagged = transportSection(sdp, section);
      if (tagged === section || (settled && !settled.has(section.mid?.value ?? ''))) return false;
      const differences = differencesOf(description, tagged, section);
      for (const difference of differences) what.add(difference);
      return differences.length > 0;
    });
    const [first] = odd;
    if (!first) return [];
    const message = `${whose(description)} gives ${namesOf(odd)} another ${[...what].join(', another ')} than the first section of the bundle: browsers ignore that.`;
    return [{ message, section: first }];
  },
};

/** Chromium wants `a=cryptex` (RFC 9335) in all sections of a bundle or in none; a session-level one counts for all. */
function cryptexMix(description: Description): Report | undefined {
  const { sdp } = description;
  const has = ({ attributes }: Pick<Sdp, 'attributes'>): boolean => attributes.some(({ name }) => name === 'cryptex');
  if (has(sdp)) return undefined;
  const odd = rtpSections(sdp).find((section) => has(transportSection(sdp, section)) !== has(section));
  if (!odd) return undefined;
  const reason = `The media section with MID='${odd.mid?.value ?? ''}' is not consistent with the cryptex level of its bundle`;
  const message = `${nameOf(odd)} in ${whose(description)} ${has(odd) ? 'has' : 'lacks'} a=cryptex, unlike the first section of the bundle: Chrome refuses that.`;
  return { message, severity: 'error', section: odd, refusedBy: { chrome: chromeRefuses(description, reason) } };
}

/** Credentials only where the section is new: what changes later is a matter of ICE restarts. */
function differencesOf({ base }: Description, tagged: MSection, section: MSection): string[] {
  const known = base?.transport.sdp.media[section.index];
  const fresh = known === undefined || known.rejected;
  const change = credentialChange(tagged, section);
  const [one, other] = [tagged, section].map(({ ownDtls }) => ownDtls);
  const setups = one?.setup && other?.setup && one.setup.value !== other.setup.value;
  return [
    ...(fresh && change !== 'none' && change !== 'unknown' ? ['ICE user fragment or password'] : []),
    ...(differ(prints(tagged), prints(section)) ? ['certificate'] : []),
    ...(setups ? ['DTLS role'] : []),
  ];
}

function prints({ ownDtls }: MSection): readonly string[] {
  return ownDtls.fingerprints.filter(({ digest }) => !isMasked(digest)).map(({ hash, digest }) => `${hash} ${digest}`);
}

function differ(one: readonly string[], other: readonly string[]): boolean {
  return one.length > 0 && other.length > 0 && !one.some((print) => other.includes(print));
}
