/** A certificate made on the spot, for `--tls`. */

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** SHA-256, as browsers show it. */
  readonly fingerprint: string;
}

const DAYS_MS = 24 * 60 * 60 * 1000;

/** For this host and the names of this machine, valid for a month. Nobody trusts it until told to. */
export async function makeCertificate(host: string): Promise<Certificate> {
  const { generate } = await import('selfsigned');
  const { X509Certificate } = await import('node:crypto');
  const { isIP } = await import('node:net');
  const names = [...new Set([host, '127.0.0.1', '::1', 'localhost'])].map((name) =>
    isIP(name) === 0 ? { type: 2 as const, value: name } : { type: 7 as const, ip: name },
  );
  const made = await generate([{ name: 'commonName', value: 'renego proxy' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 30 * DAYS_MS),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names },
    ],
  });
  return { key: made.private, cert: made.cert, fingerprint: new X509Certificate(made.cert).fingerprint256 };
}
