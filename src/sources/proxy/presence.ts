/**
 * Whether clients of Engine.IO that only poll are still there. While one is, a request of it is open, or the next one comes
 * within the time after which its server gives it up, too: the ping interval and the ping timeout of its handshake.
 */
export interface Presence {
  /** A session has been opened, or has asked for something; to be told when that is `answered`. */
  asks(id: string): void;
  answered(id: string): void;
  /** What the body of a handshake's answer says of how long it may be silent. */
  opened(id: string, handshake: string): void;
}

interface Session {
  open: number;
  /** Milliseconds. */
  patience: number;
  timer?: NodeJS.Timeout;
}

/** Engine.IO's own. */
const USUAL_MS = 45_000;
const LONGEST_MS = 600_000;
/** More at once are not watched. */
const MOST = 1000;

/** Calls back with the id of a session that has been silent for too long. */
export function createPresence(gone: (id: string) => void): Presence {
  const sessions = new Map<string, Session>();

  function of(id: string): Session | undefined {
    const known = sessions.get(id);
    if (known !== undefined || sessions.size >= MOST) return known;
    const session: Session = { open: 0, patience: USUAL_MS };
    sessions.set(id, session);
    return session;
  }

  function wait(id: string, session: Session): void {
    clearTimeout(session.timer);
    if (session.open > 0) return;
    session.timer = setTimeout(() => {
      sessions.delete(id);
      gone(id);
    }, session.patience).unref();
  }

  return {
    asks(id) {
      const session = of(id);
      if (session === undefined) return;
      session.open += 1;
      clearTimeout(session.timer);
    },
    answered(id) {
      const session = sessions.get(id);
      if (session === undefined) return;
      session.open -= 1;
      wait(id, session);
    },
    opened(id, handshake) {
      const session = of(id);
      if (session === undefined) return;
      session.patience = patienceIn(handshake);
      wait(id, session);
    },
  };
}

function patienceIn(handshake: string): number {
  const [interval, timeout] = ['pingInterval', 'pingTimeout'].map((name) =>
    Number(new RegExp(`"${name}":(\\d{1,9})\\b`).exec(handshake)?.[1]),
  );
  const sum = (interval ?? Number.NaN) + (timeout ?? Number.NaN);
  return Number.isNaN(sum) ? USUAL_MS : Math.min(sum, LONGEST_MS);
}
