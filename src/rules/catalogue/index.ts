/** Every rule, in the order of the table in the README. A new rule is one file and one line here. */
import type { Rule } from '../rule.ts';
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

export const catalogue: readonly Rule[] = [
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
];
