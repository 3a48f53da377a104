import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { type Answered, type Asked, VERBS } from './remote-carrier.ts';
import { type Setting, socketOf, worldOf } from './setting.ts';

/*
 * The carrier, in a process of its own that nobody kills: it takes requests, calls go on in it, and its file keeps
 * the truth of who was rung. `node carrier-process.ts SETTING`
 */

const setting = JSON.parse(process.argv[2] ?? '') as Setting;
const world = worldOf(setting);

const server = createServer((socket) => {
  const tell = (line: Answered) => void (socket.writable && socket.write(`${JSON.stringify(line)}\n`));
  const stopListening = world.listen((event) => tell({ event }));
  // Whoever was killed hangs up without a word.
  socket.on('error', () => {}).on('close', stopListening);
  createInterface({ input: socket })
    .on('line', (line) => {
      const { id, verb, args } = JSON.parse(line) as Asked;
      void answerTo(verb, args).then((value) => tell({ id, value }));
    })
    .on('error', () => {});
});

async function answerTo(verb: Asked['verb'], args: readonly unknown[]): Promise<unknown> {
  if (!VERBS.includes(verb)) throw new Error(`the carrier knows no ${verb}`);
  // Once it is asked, a call goes on whether or not somebody waits for the answer.
  const more = verb === 'place' ? [new AbortController().signal] : [];
  const ask = world[verb] as (...all: unknown[]) => Promise<unknown>;
  return ask(...args, ...more);
}

server.listen(socketOf(setting), () => process.stdout.write('ready\n'));
