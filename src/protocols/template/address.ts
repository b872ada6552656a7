/** Where a template connects to, given the address that renego was given. */
import { isObject } from '../json.ts';
import type { Address, ClientOptions } from '../protocol.ts';
import { tryBuild } from './build.ts';
import type { CarrierOptions } from './carrier/carrier.ts';
import type { Template } from './template.ts';
import type { Speaker } from './values.ts';

/** An address that cannot be read stays as it is: whoever opens it says what is wrong. */
export function addressOf(
  template: Template,
  options: ClientOptions,
  speaker: Speaker,
): { readonly address: Address; readonly carrier: CarrierOptions } {
  const { connect, carrier } = template;
  const lookup = speaker.lookup();
  const built = (key: 'url' | 'path' | 'query' | 'headers' | 'auth' | 'namespace'): unknown => {
    const pattern = connect[key];
    return pattern && tryBuild(pattern, lookup);
  };
  const namespace = built('namespace');
  const auth = built('auth');
  const inside: CarrierOptions = {
    ...(connect.version !== undefined && { version: connect.version }),
    ...(typeof namespace === 'string' && { namespace }),
    ...(auth !== undefined && { auth }),
  };
  const given = String(built('url') ?? options.url ?? '');
  const path = built('path') ?? carrier.path;
  const url = complete(given, path, { ...carrier.query?.(inside), ...texts(built('query')) }, carrier.over);
  const headers = texts(built('headers'));
  const subprotocols = connect.subprotocols ?? carrier.subprotocols;
  return {
    address: { url, ...(subprotocols && { subprotocols }), ...(Object.keys(headers).length > 0 && { headers }) },
    carrier: inside,
  };
}

/** What the address has of its own goes before what the template adds. */
function complete(
  given: string,
  path: unknown,
  query: Readonly<Record<string, string>>,
  over: 'websocket' | 'http',
): string {
  if (!URL.canParse(given)) return given;
  const url = new URL(given);
  if (url.pathname === '/' && typeof path === 'string') url.pathname = path;
  for (const [name, value] of Object.entries(query)) if (!url.searchParams.has(name)) url.searchParams.set(name, value);
  const text = url.href;
  return over === 'websocket' ? text.replace(/^http(s?):/, 'ws$1:') : text;
}

function texts(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  const entries = Object.entries(value).filter(([, one]) => one !== undefined && one !== null);
  return Object.fromEntries(
    entries.map(([name, one]) => [name, typeof one === 'object' ? JSON.stringify(one) : String(one)]),
  );
}
