/** `--listen host:port`, `port`, `[::1]:port`. */
import { RenegoError } from '../core/errors.ts';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Loopback unless a host is named. Throws RenegoError `usage`/`BAD_ADDRESS`. */
export function parseListen(text: string): ListenAddress {
  const [, bracketed, plain, digits] =
    /^(?:\[([\da-fA-F:.%\w]+)\]:|([^\s:[\]]+):|:)?(\d{1,5})$/.exec(text.trim()) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65_535) {
    const hint = 'Write it like 127.0.0.1:8080; port 0 takes a free one.';
    throw new RenegoError('usage', 'BAD_ADDRESS', `--listen: '${text}' is no address`, hint);
  }
  return { host: bracketed ?? plain ?? '127.0.0.1', port };
}
