import type { Frame, Page, WebSocketRoute } from '@playwright/test';
import { pressAndSeeItTurn } from './agent.ts';
import { PATIENT, expectState, startPreview } from './desk.ts';
import { expect, test } from './fixtures.ts';
import { practiceRecords } from './records.ts';
import type { RunningDesktop } from './running.ts';

// What the agent hears, and what is plugged in. Chromium has a microphone of its own for this, which beeps.

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), '--use-fake-device-for-media-stream'],
    });
  },
});

test('practice sounds like a call: it rings, somebody speaks, and the first sound is in the ledger', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('browser host', { speed: 4 });
  await startPreview(page);
  const loudest = await tapped(await phoneIn(page));
  await page.keyboard.press('d');
  await page.getByRole('textbox', { name: 'Number' }).fill(PATIENT.typed);
  await expect(page.getByRole('dialog').getByText(/may be rung/i)).toBeVisible();
  expect(await loudest()).toBe(0);
  await page.keyboard.press('Enter');
  await expectState(page, 'Ringing');
  await expect.poll(loudest).toBeGreaterThan(0.02);
  await expectState(page, 'Connected');
  await loudest();
  await expect.poll(loudest, { timeout: 10_000 }).toBeGreaterThan(0.02);
  expect(practiceRecords(dataDir).soundsAt()).toEqual([expect.any(Number)]);
  await pressAndSeeItTurn(page, 'h', 'Connected');
  await page.waitForTimeout(600);
  await loudest();
  await page.waitForTimeout(150);
  expect(await loudest()).toBeLessThan(0.001);
});

test('the microphone: refused it says what that means, allowed its level moves, and sounds can be tried', async ({
  open,
}) => {
  const { page } = await open('browser host', { speed: 10 });
  await startPreview(page);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByRole('tab', { name: 'Devices' }).click();
  const tryIt = page.getByRole('button', { name: 'Test the microphone' });
  await tryIt.click();
  await expect(page.getByText(/microphone was refused.*live calls do not/).first()).toBeVisible();
  await page.context().grantPermissions(['microphone']);
  await tryIt.click();
  const level = page.getByRole('meter');
  await expect
    .poll(() => level.evaluate((bar) => (bar as unknown as { value: number }).value))
    .toBeGreaterThan(0.05);
  await expect(page.getByText('The microphone may be used.')).toBeVisible();
  await page.getByRole('button', { name: 'Test sound for tones' }).click();
  await expect(page.getByText('Three rising notes were played.')).toBeVisible();
  await page.getByRole('button', { name: 'Stop the test' }).click();
  await expect(level).toHaveCount(0);
});

test('desktop: a reload of the screen in mid-call does not reach the phone, which goes on sounding', async ({
  open,
}) => {
  const running = await open('desktop', { speed: 4 });
  const { page } = running;
  await startPreview(page);
  const phone = await phoneOf(running);
  const loudest = await tapped(phone);
  await page.keyboard.press('d');
  await page.getByRole('textbox', { name: 'Number' }).fill(PATIENT.typed);
  await expect(page.getByRole('dialog').getByText(/may be rung/i)).toBeVisible();
  await page.keyboard.press('Enter');
  await expectState(page, 'Connected');
  await expect.poll(loudest).toBeGreaterThan(0.02);
  await page.reload();
  await expectState(page, 'Connected');
  await loudest();
  await expect.poll(loudest, { timeout: 10_000 }).toBeGreaterThan(0.02);
  // The same page, and in it the one stream that was opened for the call.
  expect(await phone.evaluate('globalThis.streams()')).toBe(1);
  expect(await phone.evaluate(`window.parley.ask('desk.hangUp')`)).toMatchObject({ ok: false });
});

test('Twilio’s kit makes the page reachable, turns a stranger’s call away, and fetches nothing from anywhere', async ({
  open,
}) => {
  const { page: screen, port } = await open('browser host', { speed: 10 });
  const page = await screen.context().newPage();
  const outside: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).port !== String(port)) outside.push(request.url());
  });
  const said: string[] = [];
  let signals: WebSocketRoute | null = null;
  await page.routeWebSocket(/twilio\.com/, (socket) => {
    signals = socket;
    socket.onMessage((message) => {
      if (message === '\n') return socket.send('\n');
      const { type } = JSON.parse(String(message)) as { type: string };
      said.push(type);
      if (type === 'listen') socket.send(SIGNED_IN);
      return type === 'register' ? socket.send('{"type":"ready","payload":{}}') : undefined;
    });
  });
  await page.addInitScript(KERNEL);
  await page.goto(`http://127.0.0.1:${port}/phone.html`);
  const states = () => page.evaluate<string[]>('globalThis.states');
  await expect.poll(states).toEqual(['off', 'registering', 'idle']);
  signals!.send(
    '{"type":"invite","payload":{"callsid":"CA9","sdp":"v=0","parameters":{"CallSid":"CA9","From":"+12025550100"}}}',
  );
  await expect.poll(states).toEqual(['off', 'registering', 'idle', 'incoming', 'idle']);
  expect([said, outside]).toEqual([['listen', 'register', 'reject'], []]);
});

const SIGNED_IN =
  '{"type":"connected","payload":{"region":"us1","edge":"ashburn","token":{"identity":"agent_1","ttl":3600}}}';

/** A kernel of a few lines, in place of the desktop's bridge: an agent with a softphone, who expects no call. */
const KERNEL = `
  globalThis.states = [];
  const part = (value) => btoa(JSON.stringify(value));
  const hello = { me: { id: 1 }, workspace: { id: 'main' }, carrier: { isSimulated: false, voice: 'softphone' }, speed: 1 };
  const answers = {
    'app.hello': () => hello,
    'phone.pass': () => ({ pass: part({ alg: 'HS256' }) + '.' + part({ grants: {} }) + '.x', edge: null }),
    'phone.report': ({ state }) => void globalThis.states.push(state),
    'phone.expects': () => false,
  };
  globalThis.parley = {
    ask: async (call, input) => call in answers
      ? { ok: true, value: answers[call](input) ?? null }
      : { ok: false, error: { code: 'not-now', sentence: 'Not here.' } },
    listen: () => () => {},
  };
`;

/** The frame in which a browser's page keeps the phone. */
async function phoneIn(page: Page): Promise<Frame> {
  const frame = () => page.frames().find((each) => each.url().endsWith('/phone.html'));
  await expect.poll(frame).toBeDefined();
  return frame()!;
}

/** The window in which the desktop keeps it. */
async function phoneOf({ app }: RunningDesktop): Promise<Page> {
  const windows = () => app.windows().find((each) => each.url().endsWith('/phone.html'));
  await expect.poll(windows).toBeDefined();
  return windows()!;
}

/** Listens to all that goes to the speaker. Tells how loud it was at most since it was asked last, from 0 to 1. */
async function tapped(page: Page | Frame): Promise<() => Promise<number>> {
  await page.evaluate(`(() => {
    let peak = 0;
    const connect = AudioNode.prototype.connect;
    const taps = new Map();
    const tapOf = (context) => {
      if (taps.has(context)) return taps.get(context);
      const tap = context.createAnalyser();
      taps.set(context, tap);
      connect.call(tap, context.destination);
      const samples = new Float32Array(tap.fftSize);
      setInterval(() => {
        tap.getFloatTimeDomainData(samples);
        for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
      }, 20);
      return tap;
    };
    AudioNode.prototype.connect = function (to, ...rest) {
      return to === this.context.destination
        ? connect.call(this, tapOf(this.context))
        : connect.call(this, to, ...rest);
    };
    globalThis.streams = () => taps.size;
    globalThis.loudest = () => { const was = peak; peak = 0; return was; };
  })()`);
  return () => page.evaluate<number>('globalThis.loudest()');
}
