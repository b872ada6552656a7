import { visible } from '../../sdp/printable.ts';
import type { At } from '../../sdp/sdp.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { isMasked } from '../masked.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';
import { transportRefusal } from '../transport-refusal.ts';

interface Fault {
  readonly severity: 'error' | 'warning' | 'info';
  readonly text: string;
  readonly fix?: string;
}

const LEAST = { ufrag: 4, pwd: 22 } as const;
const DECODED = "A '+' has probably become a blank on the way: the description was URL-decoded once too often.";

function faultOf(name: 'ufrag' | 'pwd', value: string): Fault | undefined {
  const size = `${value.length} characters long, allowed are ${LEAST[name]} to 256`;
  if (value.length < LEAST[name]) return { severity: 'error', text: `${size}; Chrome and Firefox refuse it` };
  if (value.length > 256)
    return { severity: 'error', text: `${size}; Chrome refuses it, Firefox accepts it and does not connect` };
  if (value.includes(' ')) return { severity: 'error', text: 'broken by a blank; Chrome refuses it', fix: DECODED };
  if (!/^[A-Za-z0-9+/\-_=#]*$/.test(value))
    return { severity: 'error', text: "made of other characters than letters, digits, '+' and '/'; Chrome refuses it" };
  if (!/^[A-Za-z0-9+/]*$/.test(value))
    return {
      severity: 'warning',
      text: "made of other characters than letters, digits, '+' and '/'; Chrome tolerates - _ = and #, newer Firefox does not",
    };
  if (name === 'ufrag' && value.length > 32)
    return { severity: 'info', text: `${value.length} characters long; RFC 8839 asks for 32 at most when sending` };
  return undefined;
}

export const iceCredentialsInvalid: Rule = {
  id: 'ice-credentials-invalid',
  severity: 'error',
  scope: 'description',
  title: 'an ICE user fragment or password breaks the grammar',
  cites: [cite('RFC 8839', '5.4')],
  explain:
    "A user fragment has 4 to 256 characters, a password 22 to 256, both only of letters, digits, '+' and '/'. Browsers check the length; what they let pass outside the grammar fails later, in the checks, without an error.",
  fix: 'Pass the credentials on exactly as the ICE agent made them: not cut, not URL-decoded, not replaced by an id of your own.',
  exceptions: "A '/' is legal, though it breaks an address that is built from it without encoding.",
  examples: {
    bad: [
      conversation(
        'a user fragment of three characters',
        a.offers(edit(anOffer(), ['a=ice-ufrag:aUf1', 'a=ice-ufrag:aUf'])),
      ),
      conversation(
        'a plus sign became a blank',
        a.offers(edit(anOffer(), ['a=ice-pwd:aPasswordOf', 'a=ice-pwd:aPassword Of'])),
      ),
    ],
    good: [
      conversation("'+' and '/' are legal", a.offers(edit(anOffer(), ['a=ice-ufrag:aUf1', 'a=ice-ufrag:a+/1']))),
      conversation('a logger masked the password', a.offers(edit(anOffer(), [/a=ice-pwd:\S+/, 'a=ice-pwd:***']))),
    ],
  },
  check: ({ description, live }) => {
    const seen = new Set<string>();
    return live.flatMap((section) =>
      (['ufrag', 'pwd'] as const).flatMap((name): Report[] => {
        const at: At<string> | undefined = section.ice[name];
        const key = `${name} ${at?.value}`;
        if (!at || at.value === '' || isMasked(at.value) || seen.has(key)) return [];
        seen.add(key);
        const fault = faultOf(name, at.value);
        if (!fault) return [];
        const value = name === 'ufrag' ? ` '${visible(at.value, 24)}'` : '';
        return [
          {
            message: `The ice-${name}${value} of ${nameOf(section)} in ${whose(description)} is ${fault.text}.`,
            severity: fault.severity,
            section,
            line: at.line,
            refusedBy: fault.severity === 'error' ? transportRefusal(description, [name]) : {},
            ...(fault.fix ? { fix: fault.fix } : {}),
          },
        ];
      }),
    );
  },
};
