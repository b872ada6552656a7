/**
 * renego as a library: parse, compare, follow and check WebRTC negotiation. Runs in browsers too: nothing here does any
 * IO, and nothing here needs Node.
 */

// Conversations: events in a log, the model they amount to, and what can be asked of it.
export { changesOf } from './core/changes.ts';
export { type ErrorKind, RenegoError } from './core/errors.ts';
export type * from './core/event.ts';
export { type Filter, type FilterError, parseFilter } from './core/filter.ts';
export { label } from './core/label.ts';
export { type LadderRow, ladderRow } from './core/ladder.ts';
export { type Breach, type Ledger, ledgerOf } from './core/ledger.ts';
export { createLog, type Log } from './core/log.ts';
export type * from './core/model.ts';
export { emptyModel, reduce } from './core/reduce.ts';
export { type NegotiationJson, negotiationJson, type ShowJson, showJson } from './core/report.ts';
export { type SessionJson, sessionJson } from './core/session-report.ts';
export { agreementOf, effectsOf } from './core/settled.ts';

// Files and frames: every format renego reads, and the signaling protocols.
export type { Imported, Importer } from './importers/importer.ts';
export { readSession } from './importers/index.ts';
export { defineProtocol, type ProtocolDefinition } from './protocols/define.ts';
export { protocolNamed, protocols } from './protocols/index.ts';
export type * from './protocols/protocol.ts';
export { templateProtocol } from './protocols/template/protocol.ts';
export type { TemplateSource } from './protocols/template/source.ts';

// Rules: over a whole conversation, or event by event.
export { type Checker, type CheckSettings, createChecker, type RuleSetting } from './rules/check.ts';
export { catalogue as rules, check } from './rules/index.ts';
export { createLiveCheck, type FindingStore, type LiveCheck } from './rules/live.ts';
export type { Citation, Example, Finding, Refusal, Rule, Severity } from './rules/rule.ts';

// Scenarios as modules, for `renego run`.
export { defineScenario, type ScenarioSource } from './scenario/source.ts';

// Descriptions: parse them, compare two, join an offer with its answer.
export { type Agreement, type AgreementParties, agree, describeAgreement } from './sdp/agreement.ts';
export { formatCandidate, parseCandidate } from './sdp/candidate.ts';
export type * from './sdp/change.ts';
export { type DiffOptions, diffSdp as diff } from './sdp/diff.ts';
export { type Effect, effectOf } from './sdp/effect.ts';
export { parseSdp } from './sdp/parse.ts';
export type * from './sdp/sdp.ts';
export { summarise, summariseFirst } from './sdp/summary.ts';

// The file format of renego.
export { type DecodedSession, decodeSession } from './session/decode.ts';
export { encodeEnd, encodeEvent, encodeHeader, type SessionEnd } from './session/format.ts';
export { createRedactor, type Redactor } from './session/redact.ts';
