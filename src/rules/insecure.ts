/** RTP sections that do without DTLS: rule mline-insecure-profile. That they name no fingerprint is no second finding. */
import type { Description } from '../core/model.ts';
import type { MSection } from '../sdp/sdp.ts';
import { namesFingerprint } from './transport-refusal.ts';

/** A profile that knows no DTLS, and no certificate either. */
export function isInsecure(description: Pick<Description, 'sdp'>, section: MSection): boolean {
  return /^RTP\/(?:AVPF?|SAVP)$/i.test(section.protocol) && !namesFingerprint(description, section);
}
