/** The encodings other systems use, against the packages that write them. */
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promisingBase64 } from '../../../src/protocols/recogniser/codecs/base64.ts';
import { readCbor } from '../../../src/protocols/recogniser/codecs/cbor.ts';
import { inflate } from '../../../src/protocols/recogniser/codecs/inflate.ts';
import { readMsgpack } from '../../../src/protocols/recogniser/codecs/msgpack.ts';
import {
  formParts,
  lengthPrefixed,
  multipartParts,
  natsParts,
  sseParts,
  stompPart,
} from '../../../src/protocols/recogniser/codecs/parts.ts';
import { readProtobuf } from '../../../src/protocols/recogniser/codecs/protobuf.ts';
import { endsCall, readSip, refusesOffer, type SipMessage } from '../../../src/protocols/recogniser/codecs/sip.ts';
import { readableText } from '../../../src/protocols/recogniser/codecs/utf8.ts';
import { elementsNamed, readXml } from '../../../src/protocols/recogniser/codecs/xml.ts';

describe('compressed data', () => {
  const bytes = fc.uint8Array({ maxLength: 3000 }).map((data) => {
    // Repetitions, so that there is something to compress.
    return data.length % 2 === 0
      ? data
      : Uint8Array.from({ length: 4000 }, (_, i) => data[i % (data.length % 61 || 1)] ?? 0);
  });

  it('comes out as zlib put it in', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom(0, 1, 6, 9), (data, level) => {
        for (const packed of [gzipSync(data, { level }), deflateSync(data, { level })]) {
          expect(Buffer.from(inflate(packed, 10_000) ?? []).equals(Buffer.from(data))).toBe(true);
        }
      }),
    );
  });

  it('without a header too', () => {
    expect(Buffer.from(inflate(deflateRawSync('hello hello hello hello'), 100) ?? []).toString()).toBe(
      'hello hello hello hello',
    );
  });

  it('is bounded while it comes out', () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(inflate(bomb, 1_000_000)).toBeUndefined();
  });

  it('that is damaged is none, whatever the damage', () => {
    const packed = gzipSync('some text '.repeat(200));
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.nat(255), (at, value) => {
        const damaged = Uint8Array.from(packed);
        damaged[at] = value;
        inflate(damaged, 100_000);
      }),
    );
    expect(inflate(packed.subarray(0, 15), 100_000)).toBeUndefined();
  });
});

describe('MessagePack', () => {
  it('is read as its own package wrote it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(readMsgpack(encode(plain))).toEqual(plain);
      }),
    );
  });

  it.each([
    ['bytes', { data: Uint8Array.of(1, 200, 3) }],
    ['wide numbers', { a: 70_000, b: 5_000_000_000, c: -40_000, d: 1.5, e: -5 }],
  ])('%s', (_, value) => expect(readMsgpack(encode(value))).toEqual(value));

  it('is nothing else, and nothing more', () => {
    expect(readMsgpack(Uint8Array.of(...encode({ a: 1 }), 0))).toBeUndefined();
    expect(readMsgpack(encode('text'))).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readMsgpack(bytes)));
  });
});

describe('protocol buffers without a schema', () => {
  it('are fields by number', () => {
    // {1: {1: "offer", 2: "v=0"}, 3: 150}
    const message = Uint8Array.of(
      0x0a,
      0x0c,
      0x0a,
      5,
      ...Buffer.from('offer'),
      0x12,
      3,
      ...Buffer.from('v=0'),
      0x18,
      0x96,
      1,
    );
    const read = readProtobuf(message) as Record<string, unknown>;
    expect(read['3']).toBe(150);
    expect(readProtobuf(Uint8Array.of(0xff, 0xff))).toBeUndefined();
  });

  it('never throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readProtobuf(bytes)));
  });
});

describe('XML', () => {
  it('has elements with attributes and texts', () => {
    const read = readXml(`<a:iq to='x&amp;y'><b k="1"/><b>t&lt;<![CDATA[<raw>]]></b><!-- <c> --></a:iq>`) ?? [];
    expect(read[0]).toMatchObject({ name: 'iq', attributes: { to: 'x&y' } });
    expect([...elementsNamed(read, 'b')].map(({ text, attributes }) => [text, attributes.k])).toEqual([
      ['', '1'],
      ['t<<raw>', undefined],
    ]);
  });

  it('that nests without end is read up to a depth, in time', () => {
    expect(readXml('<a>'.repeat(100_000))).toBeDefined();
    expect(readXml('<'.repeat(100_000))).toBeUndefined();
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', 'a', '"', "'", '=', '/', '!', '-', '[', ']', ' ') }),
        (text) => void readXml(text),
      ),
    );
  });
});

describe('texts with a head', () => {
  it('multipart', () => {
    const text =
      '--x\r\nContent-Disposition: form-data; name="sdp"\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n\r\n--x\r\n\r\nb\r\n--x--\r\n';
    expect(multipartParts(text)).toEqual([
      { label: 'application/sdp', key: 'sdp', text: 'v=0\r\n' },
      { label: '', text: 'b' },
    ]);
  });

  it('Server-Sent Events', () => {
    expect(sseParts('event: offer\ndata: {"a":\ndata: 1}\n\ndata: x\n\n')).toEqual([
      { label: 'offer', text: '{"a":\n1}' },
      { label: '', text: 'x' },
    ]);
  });

  it('STOMP', () => {
    expect(stompPart('SEND\ndestination:/app/offer\n\n{}\0')).toEqual({ label: 'SEND /app/offer', text: '{}' });
    expect(stompPart('SEND MONEY')).toBeUndefined();
  });

  it('lengths before the texts', () => {
    expect(lengthPrefixed('2:ab3:cde')?.map(({ text }) => text)).toEqual(['ab', 'cde']);
    expect(lengthPrefixed('5\n[[1]]')?.map(({ text }) => text)).toEqual(['[[1]]']);
    expect(lengthPrefixed('9:ab')).toBeUndefined();
  });

  it('forms', () => {
    expect(formParts('data=eyJ9&x=%7B%7D')).toEqual([
      { label: '', key: 'data', text: 'eyJ9' },
      { label: '', key: 'x', text: '{}' },
    ]);
    expect(formParts('%7B%22a%22%3A1%7D')).toEqual([{ label: '', text: '{"a":1}' }]);
    expect(formParts('just some words')).toBeUndefined();
  });
});

it('base64 is looked into where it can hold signaling', () => {
  const text = Buffer.from('v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n').toString('base64');
  expect(readableText(promisingBase64(text) ?? new Uint8Array())).toContain('v=0');
  expect(promisingBase64('iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB')).toBeUndefined();
  expect(
    promisingBase64('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'),
  ).toBeUndefined();
});

describe('SIP', () => {
  it('is a head and a body', () => {
    const message = readSip('SIP/2.0 183 Progress\r\ni: abc@host\r\nCSeq: 2 INVITE\r\nSubject: a\r\n b\r\n\r\nv=0\r\n');
    expect(message).toMatchObject({ method: 'INVITE', status: 183, callId: 'abc@host', body: 'v=0\r\n' });
    expect(message?.headers.subject).toBe('a b');
  });

  const message = (line: string, method = 'INVITE') => readSip(`${line}\r\nCSeq: 1 ${method}\r\n\r\n`) as SipMessage;
  it.each([
    ['BYE sip:b@x SIP/2.0', 'BYE', 'ends'],
    ['CANCEL sip:b@x SIP/2.0', 'CANCEL', 'ends'],
    ['SIP/2.0 486 Busy Here', 'INVITE', 'refuses'],
    ['SIP/2.0 488 Not Acceptable Here', 'UPDATE', 'refuses'],
    ['SIP/2.0 487 Request Terminated', 'INVITE', ''],
    ['SIP/2.0 491 Request Pending', 'INVITE', ''],
    ['SIP/2.0 401 Unauthorized', 'INVITE', ''],
    ['SIP/2.0 404 Not Found', 'REGISTER', ''],
    ['SIP/2.0 200 OK', 'BYE', ''],
  ])('%s (%s): %s', (line, method, what) => {
    const read = message(line, method);
    expect([endsCall(read), refusesOffer(read)]).toEqual([what === 'ends', what === 'refuses']);
  });
});

describe('CBOR', () => {
  const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

  // RFC 8949, appendix A.
  it.each([
    ['83010203', [1, 2, 3]],
    ['8301820203820405', [1, [2, 3], [4, 5]]],
    ['a26161016162820203', { a: 1, b: [2, 3] }],
    ['a201020304', { 1: 2, 3: 4 }],
    ['9f018202039f0405ffff', [1, [2, 3], [4, 5]]],
    ['bf61610161629f0203ffff', { a: 1, b: [2, 3] }],
    ['bf6346756ef563416d7421ff', { Fun: true, Amt: -2 }],
    ['826161bf61626163ff', ['a', { b: 'c' }]],
    ['d9d9f78201f6', [1, null]],
    ['821a000f4240fb3ff199999999999a', [1_000_000, 1.1]],
    ['817f657374726561646d696e67ff', ['streaming']],
  ])('%s is %j', (bytes, value) => expect(readCbor(hex(bytes))).toEqual(value));

  it.each(['830102', '8301020304', 'a161', '9f01', '9bffffffffffffffff', `${'81'.repeat(100)}01`, '8162fffe'])(
    '%s is none',
    (bytes) => expect(readCbor(hex(bytes))).toBeUndefined(),
  );

  it('never fails on whatever comes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readCbor(bytes)));
  });
});

it('messages of NATS end after as many bytes as they say', () => {
  expect(natsParts('PUB a 5\r\nx\r\ny \r\nMSG b 1 2\r\nok\r\n')).toEqual([
    { label: 'a', text: 'x\r\ny ' },
    { label: 'b', text: 'ok' },
  ]);
});
