/** Reads a Socket.IO server of any kind: what a room shape knows as that shape does, the rest by what is in it. */
import type { Decoded, Decoder, PartyId, Signal } from '../protocol.ts';
import { createRecogniser } from '../recogniser/decoder.ts';
import { type Shape, shapeOf, shapesOf } from './shapes.ts';

export function createDecoder(link: { readonly client: PartyId; readonly server: PartyId }): Decoder {
  const shapes = shapesOf();
  const decoders = new Map(shapes.map((shape) => [shape, shape.spoken.decoder(link)]));
  const recogniser = createRecogniser(link);
  let current = shapes[0] as Shape;
  return {
    decode(frame) {
      if (frame.direction === 'in') current = shapeOf(frame, shapes, current) ?? current;
      const read = new Map([...decoders].map(([shape, decoder]) => [shape, decoder.decode(frame)]));
      const plain = recogniser.decode(frame);
      const known = [current, ...shapes].map((shape) => read.get(shape)).find((one) => one && tells(one));
      // What joins and acknowledges is called by its name by every shape.
      return known ?? (plain.signals.every(isOther) ? (read.get(current) ?? plain) : plain);
    },
  };
}

const isOther = ({ type }: Signal): boolean => type === 'other';
const PLAIN: ReadonlySet<Signal['type']> = new Set(['other', 'notify', 'request', 'response']);
const tells = ({ signals }: Decoded): boolean => signals.some(({ type }) => !PLAIN.has(type));
