/** `--record`: a recorder that tells the user what they should know about it. */
import type { SessionHeader } from '../core/event.ts';
import { createRedactor } from '../session/redact.ts';
import { createRecorder } from '../sinks/recorder.ts';
import type { Sink } from '../sinks/sink.ts';
import type { Io } from './io.ts';

/** Opens the recording; says at its end where it is, and what is in it. On a screen, saying so earlier would be lost. */
export function startRecorder(path: string, header: SessionHeader, io: Io, redact: boolean): Sink {
  const redactor = redact ? createRedactor() : undefined;
  const recorder = createRecorder(path, redactor?.header(header) ?? header, (detail) => {
    io.stderr.write(`renego: recording to ${path} stopped: ${detail} [RECORD_FAILED]\n`);
  });
  return {
    accept: (event, model) => recorder.accept(redactor?.event(event) ?? event, model),
    close(reason) {
      recorder.close(reason);
      if (recorder.failure !== undefined) return;
      io.stderr.write(`renego: recorded to ${path} (${redact ? 'redacted' : 'addresses and credentials included'})\n`);
    },
  };
}
