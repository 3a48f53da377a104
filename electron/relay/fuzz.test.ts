import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { expect, test } from 'vitest';
import { machineClock } from '../../shared/lib/clock.ts';
import { type Random, between, pick, seededRandom } from '../../shared/lib/random.ts';
import { unreadDeliveries, troubledDeliveries } from '../store/deliveries.ts';
import { closeStore, withTransaction } from '../store/open.ts';
import { aStore } from '../store/testing.ts';
import { openRelay } from './relay.ts';
import { BASE, formHook, secretHook, signedForm } from './testing.ts';

/** PARLEY_RELAY_FUZZ=100000 for the long run. */
const REQUESTS = Number(process.env['PARLEY_RELAY_FUZZ'] ?? 2_000);
const SECRET = 'known to this test';

/** Bytes that begin as a request that would be taken, and are then spoiled in one way or several. */
function spoiled(random: Random, genuine: Buffer): Buffer {
  let bytes = Buffer.from(genuine);
  const times = between(random, 1, 4);
  for (let nth = 0; nth < times; nth++) {
    const at = between(random, 0, bytes.length - 1);
    switch (between(random, 0, 5)) {
      case 0:
        bytes[at] = between(random, 0, 255);
        break;
      case 1:
        bytes = bytes.subarray(0, at);
        break;
      case 2:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.alloc(between(random, 1, 300), 37),
          bytes.subarray(at),
        ]);
        break;
      case 3:
        bytes = Buffer.from(
          bytes.toString('latin1').replace(/POST|HTTP\/1.1|b=1|hooks|twilio/, pick(random, WORDS)),
          'latin1',
        );
        break;
      case 4:
        bytes = Buffer.from(
          bytes
            .toString('latin1')
            .replace(/content-length: \d+/i, `content-length: ${pick(random, LENGTHS)}`),
          'latin1',
        );
        break;
      default:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 7))]);
    }
    if (bytes.length === 0) return Buffer.from('\r\n');
  }
  return bytes;
}

const WORDS = [
  'GET',
  'PUT',
  'HTTP/9',
  'b=2',
  'b=-1',
  '..',
  'vapi',
  '%00',
  '\r\n',
  '__proto__',
  'constructor',
];
const LENGTHS = ['0', '1', '-1', '99999999', '1e3', 'x', '18446744073709551616'];

async function sent(port: number, bytes: Buffer): Promise<string> {
  const socket: Socket = connect(port, '127.0.0.1');
  let said = '';
  socket.setTimeout(150, () => socket.destroy());
  socket.on('data', (data) => {
    said += data.toString('latin1');
    // One answer is enough.
    if (said.includes('\r\n\r\n')) socket.destroy();
  });
  socket.on('error', () => {});
  socket.end(bytes);
  await once(socket, 'close');
  return said;
}

/** The bytes of a request as they go over the wire. */
const request = (target: string, { headers, body }: ReturnType<typeof signedForm>) =>
  Buffer.from(
    [
      `POST ${target.slice(BASE.length)} HTTP/1.1`,
      'Host: desk.example',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      `content-length: ${body.length}`,
      '',
      body,
    ].join('\r\n'),
  );

test('of thousands of spoiled requests none brings the relay down, and none is taken', async () => {
  const db = aStore();
  const complaints: unknown[] = [];
  const relay = await openRelay({
    db,
    clock: machineClock(),
    secret: SECRET,
    hooks: { twilio: formHook(), vapi: secretHook(() => 'a secret that nobody guesses') },
    take: (_events, also) => withTransaction(db, also),
    log: (line, error) => void complaints.push([line, error]),
    perSecondMax: 1_000_000,
  });
  const address = relay.addressOf(BASE, 'twilio', 'call', 'a-1');
  const fields = { CallSid: 'CA1', CallStatus: 'ringing', SequenceNumber: '1', From: '+12125550101' };
  const genuine = request(address, signedForm(address, fields));
  // Signed by somebody else: whatever is done to it, it must never be taken.
  const forged = request(address, signedForm(address, fields, 'another token'));
  const taken: string[] = [];
  let next = 0;
  const random = seededRandom(`relay ${REQUESTS}`);
  const work = async () => {
    while (next < REQUESTS) {
      next += 1;
      const isForged = next % 2 === 0;
      const bytes = spoiled(random, isForged ? forged : genuine);
      const answer = await sent(relay.port, bytes);
      const isTaken = /^HTTP\/1\.1 20[04]/.test(answer);
      // What was spoiled where no signature looks, as in the name of the host, is genuine still.
      if (isTaken && (isForged || !isIntact(bytes, genuine))) taken.push(bytes.toString('latin1'));
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
  expect(taken).toEqual([]);
  expect(await sent(relay.port, genuine)).toMatch(/^HTTP\/1\.1 204/);
  await relay.readOn();
  expect(complaints).toEqual([]);
  expect([unreadDeliveries(db, 1), troubledDeliveries(db, 1).rows]).toEqual([[], []]);
  await relay.close();
  closeStore(db);
}, 600_000);

/** The address, the signature and all that it covers are as they were: the fields in as many bytes as it announces. */
function isIntact(bytes: Buffer, genuine: Buffer): boolean {
  const [is, was] = [partsOf(bytes.toString('latin1')), partsOf(genuine.toString('latin1'))];
  return is.target === was.target && is.signature === was.signature && is.fields === was.fields;
}

function partsOf(text: string) {
  const length = Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0);
  const body = text.split('\r\n\r\n').slice(1).join('\r\n\r\n').slice(0, length);
  return {
    target: /\/hooks\/\S+/.exec(text)?.[0],
    signature: /x-twilio-signature: *(\S+)/i.exec(text)?.[1],
    fields: [...new URLSearchParams(body)].map(String).sort().join('&'),
  };
}
