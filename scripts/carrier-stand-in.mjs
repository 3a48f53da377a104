// `npm run carrier-stand-in -- [--port N] [--seed TEXT] [--speed N] [--json]`: Twilio, Vapi and VoIPStudio on this
// machine, for trying things out by hand. Nobody is ever called. Ctrl+C ends it. `--json` says the addresses and
// credentials in one line, for programs.

import { parseArgs } from 'node:util';
import { PlainError, runMainOnModernNode } from './lib/machine.mjs';

const OPTIONS = {
  port: { type: 'string', default: '4010' },
  seed: { type: 'string', default: 'by-hand' },
  speed: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
};

runMainOnModernNode(async (args) => {
  const { values: asked } = parseArgs({ args, options: OPTIONS });
  const [port, speed] = [Number(asked.port), Number(asked.speed)];
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new PlainError('--port takes a port.');
  if (!(speed > 0)) throw new PlainError('--speed takes a number above zero, such as 10.');
  const { openStandIn } = await import('../test/carrier-stand-in/open.ts');
  const { credentials, welcome } = await import('../test/carrier-stand-in/welcome.ts');
  const standIn = await openStandIn({ seed: asked.seed, speed, port }).catch((error) => {
    throw error?.code === 'EADDRINUSE'
      ? new PlainError(`Port ${port} is taken. Try another one with --port, or --port 0 for any.`)
      : error;
  });
  console.log(asked.json ? JSON.stringify(credentials(standIn)) : welcome(standIn));
  await new Promise((done) => process.once('SIGINT', done).once('SIGTERM', done));
  await standIn.close();
  return 0;
});
