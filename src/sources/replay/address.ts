/** The given server; path and query are those of the recording where only a server, or the path's beginning, is given. */
export function addressOf(given: string, recorded: string | undefined): string {
  if (recorded === undefined || !URL.canParse(given) || !URL.canParse(recorded)) return given;
  const [target, then] = [new URL(given), new URL(recorded)];
  const begins = `${then.pathname}/`.startsWith(target.pathname.replace(/\/?$/, '/'));
  return begins && target.search === '' ? new URL(then.pathname + then.search, target).href : given;
}

/** `http:` for `ws:` and `https:` for `wss:`, or the other way round. */
export function schemed(url: string, kind: 'ws' | 'http'): string {
  return url.replace(/^(?:ws|http)(?=s?:)/, kind);
}
