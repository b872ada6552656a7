/**
 * What a rule is. One rule, one file: its text, its citations, its examples and its condition stand together;
 * the examples are run as tests and printed by `renego explain`.
 */

import type { DescriptionType, Millis, SignalEvent } from '../core/event.ts';
import type { Ledger } from '../core/ledger.ts';
import type { CandidateRecord, Description, Glare, Model, Round, Session } from '../core/model.ts';
import type { MSection, Sdp } from '../sdp/sdp.ts';

export type Severity = 'error' | 'warning' | 'info';

export interface Citation {
  /** `RFC 9429`, `W3C webrtc-pc`. */
  readonly spec: string;
  readonly section: string;
}

/** Which browsers refuse, and with which sentence, to the letter. */
export interface Refusal {
  readonly chrome?: string;
  readonly firefox?: string;
}

/** What a rule says about one place. The runner adds who, which event and the rule's own text. */
export interface Report {
  /** One sentence: who, which section, the offending value. */
  readonly message: string;
  /** Differs from the rule's own where the rule has degrees. */
  readonly severity?: Severity;
  /** The section concerned; its kind and mid are added by the runner. */
  readonly section?: MSection;
  readonly mid?: string | null;
  readonly line?: number;
  /** The event blamed, where it is not the subject's own. */
  readonly event?: number;
  readonly side?: string;
  readonly related?: readonly number[];
  readonly refusedBy?: Refusal;
  /** What to do in this very case, where the rule's general advice is too general. */
  readonly fix?: string;
}

/** What every subject carries. */
export interface Scene {
  readonly model: Model;
  readonly session: Session;
  /** Milliseconds of the session: the newest event's, or the injected clock's in a live session. */
  readonly now: Millis;
  /** The recording is over: nothing more will come (timing rules stop waiting where that proves nothing). */
  readonly over: boolean;
}

/** One description by itself. */
export interface DescriptionSubject extends Scene {
  readonly description: Description;
  readonly sdp: Sdp;
  readonly type: DescriptionType;
  /** No ICE and no DTLS anywhere in it: plain SIP or RTSP, not WebRTC (rules E.2). */
  readonly plain: boolean;
  /** Sections that are not rejected (guard G1). */
  readonly live: readonly MSection[];
}

/** An answer (or pranswer) with the offer it answers. */
export interface PairSubject extends Scene {
  readonly offer: Description;
  readonly answer: Description;
  readonly round: Round;
  readonly provisional: boolean;
  /** Sections of the same index whose kind and mid agree, live in both. */
  readonly accepted: readonly { readonly offered: MSection; readonly answered: MSection }[];
  /** What the rounds committed before this answer have settled for the session's life. */
  readonly ledger: Ledger;
}

/** A description and the committed ones before it (guard G5). */
export interface SuccessionSubject extends Scene {
  readonly description: Description;
  /** The same side's last committed description, offer or answer. */
  readonly before: Description;
  /** The other side's last committed description. */
  readonly beforeOther: Description | undefined;
  /** m-line indexes with port 0 in the last committed offer or its answer (guard G6). */
  readonly recyclable: ReadonlySet<number>;
  /** The last committed round; what lies further back is in `ledger`. */
  readonly lastRound: Round | undefined;
  /** What the rounds committed before this description have settled for the session's life. */
  readonly ledger: Ledger;
}

/** A candidate, judged when its credentials are known or the grace of guard G10 is over. */
export interface CandidateSubject extends Scene {
  readonly record: CandidateRecord;
  /** The sender's description that introduced its generation, else the sender's newest one. */
  readonly described: Description | undefined;
  readonly section: MSection | undefined;
}

/** Something that has just happened. */
export interface EventSubject extends Scene {
  readonly event: SignalEvent;
}

/** The session as it stands, asked again after every event and tick. A report is given once per rule and event. */
export interface SessionSubject extends Scene {
  /** The rounds not yet judged finished: open ones and the last finished one. */
  readonly recent: readonly Round[];
  readonly glare: Glare | undefined;
}

interface RuleText {
  /** kebab-case, stable. */
  readonly id: string;
  readonly severity: Severity;
  /** Half a line, for tables. */
  readonly title: string;
  readonly cites: readonly Citation[];
  /** Why it is wrong and what it leads to, 1–4 sentences. */
  readonly explain: string;
  /** What to do about it. */
  readonly fix: string;
  /**
   * `text`: the description cannot be read past this; `structure`: sections cannot be told apart. An error of such a
   * rule is the cause, and what later rules find in the same description is folded under it (guard G12).
   */
  readonly stage?: 'text' | 'structure';
  /** Also judged where there is neither ICE nor DTLS (plain SIP); other rules are silent there (rules E.2). */
  readonly plainToo?: true;
  /** Legitimate exceptions, for `renego explain`. */
  readonly exceptions?: string;
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] };
}

/** A conversation in the transcript format (README, Formats), with what it shows. */
export interface Example {
  readonly title: string;
  readonly conversation: readonly TranscriptLine[];
}

/** What of an HTTP request, or with a status of a response, travelled with a line. Header names in lower case. */
export interface HttpMessage {
  readonly method: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export type TranscriptLine = {
  readonly t?: number;
  readonly from: string;
  readonly to?: string;
  /** The protocol of the message, where a rule is about one. */
  readonly protocol?: string;
  /** What the message was called that carried a description. */
  readonly label?: string;
  readonly http?: HttpMessage;
} & (
  | {
      readonly type: 'offer' | 'answer' | 'pranswer' | 'rollback';
      readonly sdp?: string;
      /** What createOffer or createAnswer had made, where that is known. */
      readonly created?: string;
    }
  | {
      readonly candidate: {
        readonly candidate: string;
        readonly sdpMid?: string | null;
        readonly sdpMLineIndex?: number | null;
        readonly usernameFragment?: string | null;
      } | null;
    }
  | { readonly bye: true }
  | { readonly http: HttpMessage; readonly type?: never }
);

export type Rule = RuleText &
  (
    | { readonly scope: 'description'; check(subject: DescriptionSubject): readonly Report[] }
    | { readonly scope: 'pair'; check(subject: PairSubject): readonly Report[] }
    | { readonly scope: 'succession'; check(subject: SuccessionSubject): readonly Report[] }
    | {
        readonly scope: 'candidate';
        check(subject: CandidateSubject): readonly Report[];
        /** The same about candidates that stand inside a description. */
        inDescription?(subject: DescriptionSubject): readonly Report[];
      }
    | { readonly scope: 'event'; check(subject: EventSubject): readonly Report[] }
    | { readonly scope: 'session'; check(subject: SessionSubject): readonly Report[] }
  );

/** What is shown and written: the `finding` of the JSON contract, field for field. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly explain: string;
  readonly fix: string;
  readonly cites: readonly Citation[];
  readonly pc: string;
  readonly side: string;
  readonly event: number;
  readonly related: readonly number[];
  readonly mid: string | null;
  readonly line: number | null;
  readonly refusedBy: Refusal;
  /** Consequences of the same cause, folded under it (guard G12). */
  readonly folded?: readonly Finding[];
}

/** `cite('RFC 9429', '5.11')` */
export function cite(spec: string, section: string): Citation {
  return { spec, section };
}
