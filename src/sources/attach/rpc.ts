/** Numbered commands and their results, as the DevTools protocol and WebDriver BiDi both have them. Pure. */
import { isObject, parseJson } from '../../protocols/json.ts';

export type Members = Readonly<Record<string, unknown>>;
/** `error` is what the browser said instead of a result. */
export type Answer = (result: Members, error?: string) => void;

export interface Rpc {
  ask(method: string, params: object, answer?: Answer, session?: string): void;
  /** A message of the browser. Never throws for what it may hold. */
  received(text: string): void;
}

export interface RpcOptions {
  send(text: string): void;
  happened(method: string, params: Members, session: string | undefined): void;
}

export function createRpc({ send, happened }: RpcOptions): Rpc {
  const waiting = new Map<number, Answer>();
  let count = 0;
  return {
    ask(method, params, answer, session) {
      count += 1;
      if (answer) waiting.set(count, answer);
      send(JSON.stringify({ id: count, method, params, ...(session !== undefined && { sessionId: session }) }));
    },
    received(text) {
      const body = parseJson(text);
      if (!isObject(body)) return;
      if (typeof body.id === 'number') {
        const answer = waiting.get(body.id);
        waiting.delete(body.id);
        answer?.(isObject(body.result) ? body.result : {}, errorOf(body));
      } else if (typeof body.method === 'string') {
        const session = typeof body.sessionId === 'string' ? body.sessionId : undefined;
        happened(body.method, isObject(body.params) ? body.params : {}, session);
      }
    },
  };
}

/** `{error: {message}}` of the DevTools protocol, `{error, message}` of BiDi. */
function errorOf({ error, message }: Members): string | undefined {
  if (error === undefined) return undefined;
  const said = isObject(error) ? error.message : (message ?? error);
  return typeof said === 'string' ? said.slice(0, 300) : 'the browser refused it';
}

/** A member that should be an object; {} if it is none. */
export const objectOf = (value: unknown): Members => (isObject(value) ? value : {});
/** A member that should be a text; '' if it is none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
