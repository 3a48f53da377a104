import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machineClock } from '../shared/lib/clock.ts';
import { machineRandom } from '../shared/lib/random.ts';
import { type BrowserHost, startBrowserHost } from './browser-host/server.ts';
import { doorMemory } from './browser-host/door-memory.ts';
import { openInBrowser } from './browser-host/open-browser.ts';
import { claimFolder } from './claim.ts';
import { dataDirFor } from './data-dir.ts';
import { sessionSecrets } from './host.ts';
import { dialText, linkIn } from './link-text.ts';
import { openHouse } from './house.ts';
import { fileLog } from './log.ts';
import { PRODUCT_VERSION } from './version.ts';

/*
 * The browser host: the same kernel under plain Node, its screens in a browser. What `npm start` falls back to
 * where there is no Electron, and what serves machines without a display.
 */

const OPTIONS = {
  data: { type: 'string' },
  port: { type: 'string' },
  'no-open': { type: 'boolean' },
  'practice-speed': { type: 'string' },
  help: { type: 'boolean' },
} as const;

const HELP = `Parley in the browser

  --data DIR    keeps everything in DIR
  --port N      answers on port N of this computer; without it Parley chooses
  --no-open     only prints the address
  tel:NUMBER    fills the dial box; it never dials by itself`;

async function serve(): Promise<void> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true, strict: false });
  if (values.help === true) return console.log(HELP);
  const dataDir = dataDirFor(
    typeof values.data === 'string' ? values.data : undefined,
    process.env,
    process.platform,
  );
  const port = portFrom(values.port);
  if (port === null) return stop('The port must be a number from 0 to 65535, such as --port 4100.');
  const speed = Math.min(1000, Math.max(1, Number(values['practice-speed'] ?? 1) || 1));

  const claim = claimFolder(dataDir);
  if (!claim.ok) return stop(claim.error);
  let browser: BrowserHost | null = null;
  const clock = machineClock();
  const house = await openHouse({
    dataDir,
    clock,
    random: machineRandom(),
    secrets: sessionSecrets(),
    log: fileLog(join(dataDir, 'parley.log'), clock, process.env.PARLEY_DEBUG === '1'),
    practiceSpeed: speed,
    practicePace: speed === 1 ? clock : machineClock(speed),
    host: {
      kind: 'browser',
      version: PRODUCT_VERSION,
      showDesk() {},
      showStanding() {},
      notify() {},
      loginItem: null,
    },
    push: (frame) => browser?.push(frame),
  });
  if (!house.ok) {
    claim.value.release();
    return stop(house.error.sentence);
  }

  const folder = join(import.meta.dirname, '../renderer');
  const memory = doorMemory(dataDir);
  const parts = {
    folder,
    memory,
    answer: house.value.answer,
    take: house.value.files.receive,
    give: house.value.exported,
    sound: house.value.sound,
    phoneHosts: house.value.phoneHosts,
  };
  // The port of last time, where nobody asks for another: an open page then finds its engine again by itself.
  const again =
    port === 0 && memory.port !== null ? await startBrowserHost({ ...parts, port: memory.port }) : null;
  const started = again?.ok ? again : await startBrowserHost({ ...parts, port });
  if (!started.ok) {
    await house.value.stop();
    claim.value.release();
    return stop(started.error);
  }
  browser = started.value;
  claim.value.announce(browser.port);
  memory.answersAt(browser.port);
  const address = browser.address();
  console.log(`Parley is open at ${address}`);
  console.log(
    'The link works once, for one browser on this computer. Press Enter for another, Ctrl+C to stop.',
  );
  const link = linkIn(positionals);
  const text = link === null ? null : dialText(link);
  if (text !== null) house.value.tell('app.dialBox', () => ({ text }));
  if (values['no-open'] !== true) openInBrowser(address, process.env, process.platform);

  process.stdin.on('data', () => console.log(`Another link: ${started.value.address()}`));
  process.stdin.unref?.();
  const leave = async () => {
    await started.value.close();
    await house.value.stop();
    claim.value.release();
    process.exit(0);
  };
  process.once('SIGINT', () => void leave());
  process.once('SIGTERM', () => void leave());
}

function portFrom(text: unknown): number | null {
  if (text === undefined) return 0;
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : null;
}

function stop(sentence: string): void {
  console.error(sentence);
  process.exit(1);
}

process.on('uncaughtException', (error) => {
  console.error(
    process.env.PARLEY_DEBUG === '1'
      ? error
      : `Parley met an error it did not expect and has to stop (${error.message}). What was saved is safe. Start it again; with PARLEY_DEBUG=1 it says more.`,
  );
  process.exit(1);
});

await serve();
