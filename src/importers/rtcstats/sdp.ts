/**
 * rtcstats version 3 stores of a description what has changed: `v=` and `m=` alone stand for the same section of the
 * newest description of that side and type. Candidates the browser has put in since are not in the log.
 */
import { readDescription, type TracedDescription } from '../trace/step.ts';

/** The descriptions of one peer connection, as the browser keeps them. */
export interface Restorer {
  /** The value with its description whole. `false`: the section it refers to is not in the dump. */
  restore(method: string, value: unknown): unknown;
}

interface Side {
  current: TracedDescription | undefined;
  pending: TracedDescription | undefined;
  /** Handed in, outcome open. */
  set: TracedDescription | undefined;
}

export function createRestorer(): Restorer {
  const sides = { local: emptySide(), remote: emptySide() };
  const created = new Map<string, TracedDescription>();

  return {
    restore(method, value) {
      const [, verb, ending] =
        /^(create|setLocal|setRemote)(?:Offer|Answer|Description)(OnSuccess)?$/.exec(method) ?? [];
      const side = verb === 'setRemote' ? sides.remote : sides.local;
      const description = verb === undefined ? undefined : readDescription(value);
      const base = side.pending ?? side.current ?? (description && created.get(description.type));
      const whole = description && wholeOf(description, base);
      if (whole === false) return false;
      if (verb === 'create') {
        if (whole) created.set(whole.type, whole);
      } else if (verb !== undefined) {
        if (ending === undefined) side.set = whole;
        else settle(sides, side, whole ?? side.set);
      }
      return whole ?? value;
    },
  };
}

function emptySide(): Side {
  return { current: undefined, pending: undefined, set: undefined };
}

/** webrtc-pc 4.4.1.5: an answer makes both sides' descriptions current, a rollback drops what is pending. */
function settle(
  { local, remote }: { readonly local: Side; readonly remote: Side },
  side: Side,
  description: TracedDescription | undefined,
): void {
  side.set = undefined;
  if (description === undefined) return;
  const other = side === local ? remote : local;
  if (description.type === 'offer') {
    side.pending = description;
    other.pending = undefined;
  } else if (description.type === 'pranswer') side.pending = description;
  else {
    if (description.type === 'answer') {
      side.current = description;
      other.current = other.pending ?? other.current;
    }
    side.pending = other.pending = undefined;
  }
}

/** False if a section is left out that is not known. */
function wholeOf(description: TracedDescription, base: TracedDescription | undefined): TracedDescription | false {
  const { type, sdp } = description;
  if (!/^[vm]=\r?$/m.test(sdp)) return description;
  const known = base?.type === type ? sectionsOf(base.sdp) : [];
  const sections = sectionsOf(sdp).map((section, i) => (/^[vm]=$/.test(section) ? known[i] : section));
  if (sections.includes(undefined)) return false;
  return { type, sdp: `${sections.join('\r\n')}\r\n` };
}

/** Without line ends around them. */
function sectionsOf(sdp: string): string[] {
  return sdp.split(/\n(?=m=)/).map((section) => section.trim());
}
