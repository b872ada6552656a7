/** Every rule, in the order of the table in the README. A new rule is one file and one line here. */
import type { Rule } from '../rule.ts';
import { answerMismatchedOffer } from './answer-mismatched-offer.ts';
import { answerMlineCount } from './answer-mline-count.ts';
import { answerMlineMismatch } from './answer-mline-mismatch.ts';
import { answerWithoutOffer } from './answer-without-offer.ts';
import { bandwidthLine } from './bandwidth-line.ts';
import { bundleAnswerNotSubset } from './bundle-answer-not-subset.ts';
import { bundleDeclined } from './bundle-declined.ts';
import { bundleEstablishedRemoved } from './bundle-established-removed.ts';
import { bundleGroupSplit } from './bundle-group-split.ts';
import { bundleMemberRejected } from './bundle-member-rejected.ts';
import { bundleOnlyMisused } from './bundle-only-misused.ts';
import { bundleOnlyRefused } from './bundle-only-refused.ts';
import { bundleOverlap } from './bundle-overlap.ts';
import { bundleTagMoved } from './bundle-tag-moved.ts';
import { bundleTagRejected } from './bundle-tag-rejected.ts';
import { bundleTransportAttributesDiffer } from './bundle-transport-attributes-differ.ts';
import { bundleUnknownMid } from './bundle-unknown-mid.ts';
import { candidateAfterEnd } from './candidate-after-end.ts';
import { candidateBeforeDescription } from './candidate-before-description.ts';
import { candidateMalformed } from './candidate-malformed.ts';
import { candidateNoTarget } from './candidate-no-target.ts';
import { candidateOddGrammar } from './candidate-odd-grammar.ts';
import { candidateStale } from './candidate-stale.ts';
import { candidateTargetMismatch } from './candidate-target-mismatch.ts';
import { candidateUnknownGeneration } from './candidate-unknown-generation.ts';
import { candidateUnknownSection } from './candidate-unknown-section.ts';
import { candidateUnusableTarget } from './candidate-unusable-target.ts';
import { candidatesIncompatible } from './candidates-incompatible.ts';
import { candidatesMdnsOnly } from './candidates-mdns-only.ts';
import { candidatesNoRelay } from './candidates-no-relay.ts';
import { candidatesNone } from './candidates-none.ts';
import { codecAddedInAnswer } from './codec-added-in-answer.ts';
import { codecNoneInCommon } from './codec-none-in-common.ts';
import { codecOrphanAttribute } from './codec-orphan-attribute.ts';
import { codecProfileMismatch } from './codec-profile-mismatch.ts';
import { codecPtAsymmetric } from './codec-pt-asymmetric.ts';
import { codecPtCollisionInBundle } from './codec-pt-collision-in-bundle.ts';
import { codecPtConflictInAnswer } from './codec-pt-conflict-in-answer.ts';
import { codecPtInvalid } from './codec-pt-invalid.ts';
import { codecPtRemapped } from './codec-pt-remapped.ts';
import { codecRtpmapConflict } from './codec-rtpmap-conflict.ts';
import { codecRtpmapMissing } from './codec-rtpmap-missing.ts';
import { descriptionMunged } from './description-munged.ts';
import { descriptionReflected } from './description-reflected.ts';
import { descriptionRepeated } from './description-repeated.ts';
import { directionAnswerIllegal } from './direction-answer-illegal.ts';
import { directionNoFlow } from './direction-no-flow.ts';
import { directionRepeated } from './direction-repeated.ts';
import { dtlsFingerprintChanged } from './dtls-fingerprint-changed.ts';
import { dtlsFingerprintMalformed } from './dtls-fingerprint-malformed.ts';
import { dtlsFingerprintMissing } from './dtls-fingerprint-missing.ts';
import { dtlsRoleFlip } from './dtls-role-flip.ts';
import { dtlsSetupConflict } from './dtls-setup-conflict.ts';
import { dtlsSetupInvalidInAnswer } from './dtls-setup-invalid-in-answer.ts';
import { dtlsSetupMissing } from './dtls-setup-missing.ts';
import { dtmfClockMismatch } from './dtmf-clock-mismatch.ts';
import { endOfCandidatesMalformed } from './end-of-candidates-malformed.ts';
import { extmapAnswerMismatch } from './extmap-answer-mismatch.ts';
import { extmapCollisionInBundle } from './extmap-collision-in-bundle.ts';
import { extmapIdInvalid } from './extmap-id-invalid.ts';
import { extmapIdReassigned } from './extmap-id-reassigned.ts';
import { extmapLevelMixed } from './extmap-level-mixed.ts';
import { extmapMidMissing } from './extmap-mid-missing.ts';
import { glare } from './glare.ts';
import { glareUnresolved } from './glare-unresolved.ts';
import { h264Incompatible } from './h264-incompatible.ts';
import { iceCredentialsInvalid } from './ice-credentials-invalid.ts';
import { iceCredentialsMissing } from './ice-credentials-missing.ts';
import { iceCredentialsReused } from './ice-credentials-reused.ts';
import { iceHalfRestart } from './ice-half-restart.ts';
import { iceLiteProblem } from './ice-lite-problem.ts';
import { icePartialRestart } from './ice-partial-restart.ts';
import { iceRestartIgnored } from './ice-restart-ignored.ts';
import { iceRestartOffered } from './ice-restart-offered.ts';
import { iceRestartUnexpected } from './ice-restart-unexpected.ts';
import { iceRestartWithoutCandidates } from './ice-restart-without-candidates.ts';
import { iceTrickleNotAnnounced } from './ice-trickle-not-announced.ts';
import { labelContradictsContent } from './label-contradicts-content.ts';
import { maxMessageSize } from './max-message-size.ts';
import { messageAfterClose } from './message-after-close.ts';
import { midDuplicate } from './mid-duplicate.ts';
import { midIllegal } from './mid-illegal.ts';
import { midMissing } from './mid-missing.ts';
import { mlineInsecureProfile } from './mline-insecure-profile.ts';
import { mlineMalformed } from './mline-malformed.ts';
import { mlineProtoMismatch } from './mline-proto-mismatch.ts';
import { mlineRecycled } from './mline-recycled.ts';
import { mlineRejected } from './mline-rejected.ts';
import { mlineRevivedByAnswer } from './mline-revived-by-answer.ts';
import { msidInvalid } from './msid-invalid.ts';
import { mungingSuspected } from './munging-suspected.ts';
import { negotiationLoop } from './negotiation-loop.ts';
import { offerMlinesChanged } from './offer-mlines-changed.ts';
import { offerMlinesRemoved } from './offer-mlines-removed.ts';
import { offerSuperseded } from './offer-superseded.ts';
import { offerUnanswered } from './offer-unanswered.ts';
import { opusDescription } from './opus-description.ts';
import { originChanged } from './origin-changed.ts';
import { originVersionStale } from './origin-version-stale.ts';
import { planBDescription } from './plan-b-description.ts';
import { politeOfferLost } from './polite-offer-lost.ts';
import { pranswerOpen } from './pranswer-open.ts';
import { rollbackOnTheWire } from './rollback-on-the-wire.ts';
import { rtcpFbLost } from './rtcp-fb-lost.ts';
import { rtcpMuxChanged } from './rtcp-mux-changed.ts';
import { rtcpMuxMissing } from './rtcp-mux-missing.ts';
import { rtxAptInvalid } from './rtx-apt-invalid.ts';
import { sctpPortProblem } from './sctp-port-problem.ts';
import { sdpAttributesFused } from './sdp-attributes-fused.ts';
import { sdpConnectionLine } from './sdp-connection-line.ts';
import { sdpFraming } from './sdp-framing.ts';
import { sdpLineMisplaced } from './sdp-line-misplaced.ts';
import { sdpMandatoryLine } from './sdp-mandatory-line.ts';
import { sdpNotPlainText } from './sdp-not-plain-text.ts';
import { sdpTooLarge } from './sdp-too-large.ts';
import { simulcastMalformed } from './simulcast-malformed.ts';
import { simulcastNotAccepted } from './simulcast-not-accepted.ts';
import { simulcastRidExtensionMissing } from './simulcast-rid-extension-missing.ts';
import { simulcastRidMismatch } from './simulcast-rid-mismatch.ts';
import { ssrcGroupInvalid } from './ssrc-group-invalid.ts';
import { ssrcShared } from './ssrc-shared.ts';
import { whipWhepShape } from './whip-whep-shape.ts';

export const catalogue: readonly Rule[] = [
  sdpNotPlainText,
  sdpFraming,
  sdpAttributesFused,
  sdpMandatoryLine,
  sdpLineMisplaced,
  sdpConnectionLine,
  mlineMalformed,
  sdpTooLarge,
  originChanged,
  originVersionStale,
  descriptionRepeated,
  answerMlineCount,
  answerMlineMismatch,
  offerMlinesRemoved,
  offerMlinesChanged,
  midMissing,
  midDuplicate,
  midIllegal,
  mlineRecycled,
  mlineRejected,
  mlineRevivedByAnswer,
  mlineProtoMismatch,
  mlineInsecureProfile,
  bundleUnknownMid,
  bundleOverlap,
  bundleMemberRejected,
  bundleTagRejected,
  bundleOnlyMisused,
  bundleOnlyRefused,
  bundleAnswerNotSubset,
  bundleDeclined,
  bundleEstablishedRemoved,
  bundleGroupSplit,
  bundleTransportAttributesDiffer,
  bundleTagMoved,
  iceCredentialsMissing,
  iceCredentialsInvalid,
  iceHalfRestart,
  icePartialRestart,
  iceRestartOffered,
  iceRestartIgnored,
  iceRestartUnexpected,
  iceRestartWithoutCandidates,
  iceLiteProblem,
  iceTrickleNotAnnounced,
  iceCredentialsReused,
  candidateMalformed,
  candidateNoTarget,
  candidateUnknownSection,
  candidateTargetMismatch,
  candidateBeforeDescription,
  candidateUnknownGeneration,
  candidateUnusableTarget,
  candidateStale,
  candidateOddGrammar,
  candidatesNone,
  candidatesMdnsOnly,
  candidatesNoRelay,
  candidatesIncompatible,
  candidateAfterEnd,
  endOfCandidatesMalformed,
  dtlsFingerprintMissing,
  dtlsFingerprintMalformed,
  dtlsFingerprintChanged,
  dtlsSetupMissing,
  dtlsSetupInvalidInAnswer,
  dtlsSetupConflict,
  dtlsRoleFlip,
  rtcpMuxMissing,
  rtcpMuxChanged,
  codecNoneInCommon,
  codecPtRemapped,
  codecPtAsymmetric,
  codecPtConflictInAnswer,
  codecAddedInAnswer,
  codecPtCollisionInBundle,
  codecPtInvalid,
  codecRtpmapMissing,
  codecRtpmapConflict,
  codecOrphanAttribute,
  rtxAptInvalid,
  h264Incompatible,
  codecProfileMismatch,
  opusDescription,
  dtmfClockMismatch,
  rtcpFbLost,
  extmapIdInvalid,
  extmapCollisionInBundle,
  extmapIdReassigned,
  extmapAnswerMismatch,
  extmapMidMissing,
  extmapLevelMixed,
  directionAnswerIllegal,
  directionNoFlow,
  directionRepeated,
  simulcastRidExtensionMissing,
  simulcastMalformed,
  simulcastRidMismatch,
  simulcastNotAccepted,
  planBDescription,
  msidInvalid,
  ssrcGroupInvalid,
  ssrcShared,
  sctpPortProblem,
  maxMessageSize,
  bandwidthLine,
  answerWithoutOffer,
  answerMismatchedOffer,
  descriptionMunged,
  descriptionReflected,
  offerUnanswered,
  offerSuperseded,
  glare,
  glareUnresolved,
  politeOfferLost,
  negotiationLoop,
  pranswerOpen,
  rollbackOnTheWire,
  labelContradictsContent,
  messageAfterClose,
  mungingSuspected,
  whipWhepShape,
];
