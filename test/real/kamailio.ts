/** Debian's Kamailio on loopback as a registrar and proxy for SIP over WebSocket, with digest authentication. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { freePort } from './janus.ts';
import { requirePart } from './parts.ts';

export interface SipServer {
  readonly url: string;
  close(): Promise<void>;
}

/** The domain of all addresses; the password of a user is `pw-` and the name. */
export const DOMAIN = 'sig.test';
const PATIENCE_MS = 30_000;

export async function startKamailio(algorithm: 'MD5' | 'SHA-256' = 'MD5'): Promise<SipServer> {
  const folder = mkdtempSync(join(tmpdir(), 'renego-kamailio-'));
  const port = await freePort();
  const path = join(folder, 'kamailio.cfg');
  writeFileSync(path, configuration(port, algorithm));
  const argv = ['-DD', '-E', '-f', path, '-Y', folder, '-P', join(folder, 'pid'), '-m', '32', '-M', '8'];
  const child = spawn(requirePart('kamailio'), argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-20_000);
    });
  }
  const exit = once(child, 'exit');
  const url = `ws://127.0.0.1:${port}/`;
  await answers(url, child, () => said);
  return {
    url,
    async close() {
      child.kill('SIGTERM');
      await exit;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What RFC 7118 wants of a server: the handshake, and Contacts that lead back to the connection they came by. */
const configuration = (port: number, algorithm: string): string => `#!KAMAILIO
debug=1
log_stderror=yes
children=2
tcp_children=2
auto_aliases=no
enable_tls=no
tcp_accept_no_cl=yes
tcp_rd_buf_size=65536
tcp_connection_lifetime=3600
listen=tcp:127.0.0.1:${port}
alias="${DOMAIN}"

loadmodule "kex.so"
loadmodule "corex.so"
loadmodule "tm.so"
loadmodule "tmx.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "maxfwd.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "textops.so"
loadmodule "siputils.so"
loadmodule "auth.so"
loadmodule "nathelper.so"
loadmodule "xhttp.so"
loadmodule "websocket.so"

modparam("usrloc", "db_mode", 0)
modparam("registrar", "max_contacts", 5)
modparam("auth", "algorithm", "${algorithm === 'MD5' ? '' : algorithm}")
modparam("nathelper|registrar", "received_avp", "$avp(RECEIVED)")
modparam("rr", "append_fromtag", 1)
modparam("tm", "fr_inv_timer", 60000)

request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("OPTIONS") && uri == myself && $rU == $null) { sl_send_reply("200", "OK"); exit; }
  force_rport();
  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("${DOMAIN}", "pw-$fU", "0")) { www_challenge("${DOMAIN}", "1"); exit; }
    fix_nated_register();
    if (!save("location")) sl_reply_error();
    exit;
  }
  if (is_method("CANCEL")) {
    if (t_check_trans()) t_relay();
    exit;
  }
  if (is_method("INVITE|UPDATE")) add_contact_alias();
  if (has_totag()) {
    if (loose_route()) {
      handle_ruri_alias();
      route(RELAY);
      exit;
    }
    if (is_method("ACK")) {
      if (t_check_trans()) t_relay();
      exit;
    }
    sl_send_reply("404", "Not Here");
    exit;
  }
  if (is_method("INVITE")) {
    if (!pv_proxy_authenticate("${DOMAIN}", "pw-$fU", "0")) { proxy_challenge("${DOMAIN}", "1"); exit; }
    consume_credentials();
    record_route();
  }
  if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
  route(RELAY);
}

route[RELAY] {
  t_on_reply("BACK");
  if (!t_relay()) sl_reply_error();
}

onreply_route[BACK] {
  if (is_method("INVITE|UPDATE")) add_contact_alias();
}

event_route[xhttp:request] {
  set_reply_close();
  set_reply_no_connect();
  if ($hdr(Upgrade) =~ "websocket" && ws_handle_handshake()) exit;
  xhttp_reply("404", "Not Found", "text/plain", "");
}
`;

async function answers(url: string, child: ChildProcess, said: () => string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (child.exitCode === null && Date.now() < until) {
    const socket = new WebSocket(url, 'sip');
    const opened = await new Promise<boolean>((resolve) => {
      socket.once('open', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.close();
    if (opened) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`kamailio did not start:\n${said()}`);
}
