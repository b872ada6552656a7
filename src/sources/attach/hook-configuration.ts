/** What a peer connection is configured with, and how it is changed. Runs in the page, as text. */
import type { Readers } from './hook-readers.ts';
import type { PageFunction, PageObject } from './hook-scope.ts';

export interface Configurations {
  /** As JSON, without what opens a TURN server and without certificates, which cannot be changed. */
  text(pc: object): string;
  /**
   * For setConfiguration, which takes everything or forgets it: what `change` leaves out stays as it is. A server that is
   * there already, given without credentials, keeps its own.
   */
  changed(pc: object, change: unknown): PageObject;
}

/** `proto` is that of RTCPeerConnection. */
export function readConfigurations(proto: PageObject, { isObject }: Readers): Configurations {
  const { apply } = Reflect;
  const { stringify } = JSON;
  const { isArray } = Array;
  const get = proto.getConfiguration as PageFunction;
  const now = (pc: object) => apply(get, pc, []) as PageObject;
  const listOf = (value: unknown) => (isArray(value) ? (value as PageObject[]) : []);
  const addresses = ({ urls }: PageObject) => stringify(isArray(urls) ? urls : [urls]);

  function withCredentials(server: PageObject, there: readonly PageObject[]): PageObject {
    if (!isObject(server) || 'username' in server || 'credential' in server) return server;
    const same = there.find((one) => addresses(one) === addresses(server));
    return same === undefined ? server : { ...same, ...server };
  }

  return {
    text: (pc) =>
      stringify(
        now(pc),
        (key, value) => (/^(?:credential|username|certificates)$/.test(key) ? undefined : (value as unknown)),
        2,
      ),
    changed(pc, change) {
      const before = now(pc);
      const given = isObject(change) ? change : {};
      const there = listOf(before.iceServers);
      if (!isArray(given.iceServers)) return { ...before, ...given };
      const iceServers = listOf(given.iceServers).map((one) => withCredentials(one, there));
      return { ...before, ...given, iceServers };
    },
  };
}
