/** Every rule, in the order of the table in the README. A new rule is one file and one line here. */
import type { Rule } from '../rule.ts';
import { dtlsFingerprintChanged } from './dtls-fingerprint-changed.ts';
import { dtlsFingerprintMalformed } from './dtls-fingerprint-malformed.ts';
import { dtlsFingerprintMissing } from './dtls-fingerprint-missing.ts';
import { dtlsRoleFlip } from './dtls-role-flip.ts';
import { dtlsSetupConflict } from './dtls-setup-conflict.ts';
import { dtlsSetupInvalidInAnswer } from './dtls-setup-invalid-in-answer.ts';
import { dtlsSetupMissing } from './dtls-setup-missing.ts';
import { iceCredentialsInvalid } from './ice-credentials-invalid.ts';
import { iceCredentialsMissing } from './ice-credentials-missing.ts';
import { iceCredentialsReused } from './ice-credentials-reused.ts';
import { iceHalfRestart } from './ice-half-restart.ts';
import { iceLiteProblem } from './ice-lite-problem.ts';
import { icePartialRestart } from './ice-partial-restart.ts';
import { iceRestartIgnored } from './ice-restart-ignored.ts';
import { iceRestartOffered } from './ice-restart-offered.ts';
import { iceRestartUnexpected } from './ice-restart-unexpected.ts';
import { midDuplicate } from './mid-duplicate.ts';
import { mlineMalformed } from './mline-malformed.ts';
import { sdpAttributesFused } from './sdp-attributes-fused.ts';
import { sdpConnectionLine } from './sdp-connection-line.ts';
import { sdpFraming } from './sdp-framing.ts';
import { sdpLineMisplaced } from './sdp-line-misplaced.ts';
import { sdpMandatoryLine } from './sdp-mandatory-line.ts';
import { sdpNotPlainText } from './sdp-not-plain-text.ts';
import { sdpTooLarge } from './sdp-too-large.ts';

export const catalogue: readonly Rule[] = [
  sdpNotPlainText,
  sdpFraming,
  sdpAttributesFused,
  sdpMandatoryLine,
  sdpLineMisplaced,
  sdpConnectionLine,
  mlineMalformed,
  sdpTooLarge,
  midDuplicate,
  iceCredentialsMissing,
  iceCredentialsInvalid,
  iceHalfRestart,
  icePartialRestart,
  iceRestartOffered,
  iceRestartIgnored,
  iceRestartUnexpected,
  iceLiteProblem,
  iceCredentialsReused,
  dtlsFingerprintMissing,
  dtlsFingerprintMalformed,
  dtlsFingerprintChanged,
  dtlsSetupMissing,
  dtlsSetupInvalidInAnswer,
  dtlsSetupConflict,
  dtlsRoleFlip,
];
