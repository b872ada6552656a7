/** `--record`: a recorder that tells the user what they should know about it, and with `--rotate` begins new files. */
import { RenegoError } from '../core/errors.ts';
import type { SessionHeader } from '../core/event.ts';
import { createRedactor } from '../session/redact.ts';
import { createRecorder, type Recorder } from '../sinks/recorder.ts';
import type { Sink } from '../sinks/sink.ts';
import type { Io } from './io.ts';
import { partOf, ROTATED } from './parts.ts';

/**
 * Opens the recording; says at its end where it is, and what is in it. On a screen, saying so earlier would be lost. A file
 * that has grown beyond `rotate` bytes is ended and the next one begun: with a header of its own, while events and times
 * count on.
 */
export function startRecorder(path: string, header: SessionHeader, io: Io, redact: boolean, rotate?: number): Sink {
  const redactor = redact ? createRedactor() : undefined;
  const first = redactor?.header(header) ?? header;
  let files = 1;
  let recorder: Recorder | undefined = open(path);

  function open(name: string): Recorder {
    return createRecorder(name, first, (detail) => fail(name, detail));
  }

  function fail(name: string, detail: string): void {
    recorder = undefined;
    io.stderr.write(`renego: recording to ${name} stopped: ${detail} [RECORD_FAILED]\n`);
  }

  function next(): void {
    recorder?.close(ROTATED);
    files += 1;
    const name = partOf(path, files);
    try {
      recorder = open(name);
    } catch (error) {
      if (!(error instanceof RenegoError)) throw error;
      fail(name, error.message);
    }
  }

  function turnOver(): void {
    if (rotate !== undefined && recorder !== undefined && recorder.size >= rotate) next();
  }

  return {
    accept(event, model) {
      turnOver();
      recorder?.accept(redactor?.event(event) ?? event, model);
    },
    passed(event) {
      turnOver();
      recorder?.passed(redactor?.event(event) ?? event);
    },
    close(reason) {
      recorder?.close(reason);
      if (recorder === undefined || recorder.failure !== undefined) return;
      const where = files === 1 ? path : `${path} and ${files - 1} more, the last ${recorder.path}`;
      io.stderr.write(`renego: recorded to ${where} (${redact ? 'redacted' : 'addresses and credentials included'})\n`);
    },
  };
}
