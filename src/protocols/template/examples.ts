/** The examples of a template as frames. */
import type { Frame, ProtocolExample } from '../protocol.ts';
import { toBase64 } from './bytes.ts';
import type { Carrier, Payload } from './carrier/carrier.ts';
import { type Path, TemplateFault } from './fault.ts';
import { fieldsOf, listField } from './fields.ts';

/** Throws TemplateFault. */
export function readExamples(source: unknown, carrier: Carrier): readonly ProtocolExample[] {
  return listField(source, ['examples']).flatMap(({ source: example, path }) => readExample(example, path, carrier));
}

function readExample(source: unknown, path: Path, carrier: Carrier): readonly ProtocolExample[] {
  const fields = fieldsOf(source, path, ['in', 'out', 'signals', 'status'], 'an example');
  if ('in' in fields === 'out' in fields || !Array.isArray(fields.signals)) {
    const hint = 'Write { in: what comes, signals: [what it means] }, or out: for what renego sends.';
    throw new TemplateFault(path, 'an example has a message and signals', hint);
  }
  const direction = 'in' in fields ? 'in' : 'out';
  const message = fields[direction];
  const payloads = typeof message === 'string' ? [message] : carrier.session({}).write(message);
  const signals = fields.signals as ProtocolExample['signals'];
  const status = typeof fields.status === 'number' ? fields.status : undefined;
  return payloads.map((payload) => {
    const frame = frameOf(payload, direction);
    const http = status === undefined ? {} : { http: { method: 'GET', url: '/', status, headers: {} } };
    return { frame: { ...frame, ...http }, signals };
  });
}

/** A frame as protocols see it. */
export function frameOf(payload: Payload, direction: Frame['direction']): Frame {
  if (typeof payload === 'string') return { data: payload, encoding: 'text', direction };
  if (payload instanceof Uint8Array) return { data: toBase64(payload), encoding: 'base64', direction };
  const { method, path: url, headers = {}, body = '' } = payload;
  return { data: body, encoding: 'text', direction, http: { method, url, headers } };
}
