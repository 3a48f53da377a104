import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { showMe } from './desk.ts';
import { launchDesktop } from './desktop-host.ts';
import { expect, test } from './fixtures.ts';
import { noticeTexts, press, pressNotice, questionDetails, questions, tray } from './inspected.ts';
import { practiceRecords } from './records.ts';
import type { RunningDesktop } from './running.ts';
import { seedCampaign } from './seed.ts';

// Parley at work while nobody looks: what calls by itself goes on with every window closed, and the tray tells of it.

const ANSWERS = '00';
const RINGS_OUT = '21';
/** Dana, in Boston, whose number is busy. */
const DANA = { contactId: 1, e164: '+16175550120' };

test('with every window closed a scheduled call is still made at its time, and the tray says when', async ({
  open,
  dataDir,
}) => {
  const parley = await open('desktop', { speed: 20 });
  await showMe(parley.page);
  await schedule(parley, DANA.contactId);
  await closeWindow(parley);
  await expect
    .poll(async () => (await tray(parley)).items.join('\n'))
    .toMatch(/Scheduled calls: the next is at/);
  await expect
    .poll(
      () =>
        practiceRecords(dataDir)
          .requests()
          .map((each) => each.to_number),
      { timeout: 30_000 },
    )
    .toContain(DANA.e164);
  expect(await isShown(parley)).toBe(false);
});

test('the tray tells what runs and pauses all of it; a restart keeps it paused until somebody resumes', async ({
  open,
  dataDir,
}) => {
  const parley = await open('desktop', { speed: 10 });
  await showMe(parley.page);
  await press(parley, 'pause-all');
  await expect
    .poll(() => tray(parley))
    .toMatchObject({
      tip: expect.stringMatching(/^Parley: All calling paused by You since \d\d:\d\d$/),
    });
  await expect(parley.page.getByRole('region', { name: 'All calling is paused' })).toBeVisible();
  seedCampaign(dataDir, 'Spring', 3, RINGS_OUT);
  await parley.page.waitForTimeout(4_000);
  expect(practiceRecords(dataDir).requests()).toEqual([]);
  await parley.close();

  const again = await open('desktop', { speed: 10 });
  await expect(again.page.getByRole('region', { name: 'All calling is paused' })).toBeVisible();
  expect((await tray(again)).items).toContain('Spring waits. All calling is paused.');
  expect(practiceRecords(dataDir).requests()).toEqual([]);
  await press(again, 'resume-all');
  await expect
    .poll(async () => (await tray(again)).items.join('\n'))
    .toMatch(/Spring: \d calls? under way, \d today/);
  await expect.poll(() => practiceRecords(dataDir).requests().length).toBeGreaterThan(0);
  await expect(again.page.getByRole('region', { name: 'All calling is paused' })).toBeHidden();
});

test('a campaign that is done says so outside the window; a press leads to it, and whoever looks is told there', async ({
  open,
  dataDir,
}) => {
  const parley = await open('desktop', { speed: 40 });
  await showMe(parley.page);
  const id = seedCampaign(dataDir, 'Spring', 1, ANSWERS);
  await closeWindow(parley);
  expect(await isShown(parley)).toBe(false);
  await expect
    .poll(() => noticeTexts(parley), { timeout: 40_000 })
    .toContainEqual(
      expect.stringMatching(/^“Spring” is done: Everybody in it has been reached or is finished/),
    );
  expect((await noticeTexts(parley)).join('\n')).not.toMatch(/\d{4}|Rosa/);
  await pressNotice(parley);
  expect(await isShown(parley)).toBe(true);
  await expect(parley.page.getByRole('heading', { name: 'Spring', level: 1 })).toBeVisible();
  expect(parley.page.url()).toContain(`/campaigns/${id}`);
});

test('before sleep nothing new begins, and after waking it goes on without a burst', async ({
  open,
  dataDir,
}) => {
  const parley = await open('desktop', { speed: 4 });
  await showMe(parley.page);
  await parley.app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  seedCampaign(dataDir, 'Spring', 10, RINGS_OUT);
  await parley.page.waitForTimeout(4_000);
  expect(practiceRecords(dataDir).requests()).toEqual([]);
  await parley.app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  await expect.poll(() => practiceRecords(dataDir).requests().length).toBeGreaterThan(0);
  expect(practiceRecords(dataDir).requests().length).toBeLessThanOrEqual(5);
});

test('closing Parley says what stands still meanwhile, and staying changes nothing', async ({
  open,
  dataDir,
}) => {
  const parley = await open('desktop', { speed: 10 });
  await showMe(parley.page);
  seedCampaign(dataDir, 'Spring', 3, RINGS_OUT);
  await expect.poll(async () => (await tray(parley)).items.join('\n')).toContain('Spring');
  await press(parley, 'quit');
  await expect.poll(() => questions(parley)).toEqual(['Close Parley?']);
  expect(await questionDetails(parley)).toEqual([
    'While Parley is closed, 1 campaign stands still. What falls due meanwhile is missed, not made up for. Closing only the window keeps Parley at work, in the tray.',
  ]);
  await expect.poll(() => practiceRecords(dataDir).requests().length).toBeGreaterThan(0);
});

test('Parley opens at log-in when it is asked to, out of sight, with the data folder it has', async ({
  open,
  dataDir,
}) => {
  const env = { XDG_CONFIG_HOME: join(dataDir, 'config') };
  const file = join(env.XDG_CONFIG_HOME, 'autostart/parley.desktop');
  const parley = await open('desktop', { env });
  await showMe(parley.page);
  await parley.page.keyboard.press('Control+7');
  await parley.page.getByRole('tab', { name: 'This computer' }).click();
  const opens = parley.page.getByRole('switch', { name: 'Open Parley' });
  await expect(opens).not.toBeChecked();
  await opens.click();
  await expect(opens).toBeChecked();
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('"--hidden"');
  expect(text).toContain(`"--data=${dataDir}"`);
  await opens.click();
  await expect(opens).not.toBeChecked();
  expect(existsSync(file)).toBe(false);
  await parley.close();

  const app = await launchDesktop(dataDir, { env, args: ['--hidden'] });
  const windows = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await expect.poll(async () => (await tray({ app }).catch(() => null))?.tip ?? '').toMatch(/^Parley: /);
  expect(await windows()).toBe(0);
  await press({ app }, 'open');
  const page = await app.firstWindow();
  await expect(page.getByRole('heading', { name: 'Ready when you are' })).toBeVisible();
  await app.close();
});

/** A call by a machine’s voice, two minutes from now by the clock of practice. */
async function schedule({ page }: RunningDesktop, contactId: number): Promise<void> {
  const saved = await page.evaluate(async (contact) => {
    const { parley } = globalThis as unknown as {
      parley: { ask(call: string, input?: unknown): Promise<{ ok: boolean; value: never; error?: unknown }> };
    };
    const { now } = (await parley.ask('app.hello')).value as { now: number };
    const { numbers } = (await parley.ask('schedules.ofContact', { contactId: contact })).value as {
      numbers: { id: number }[];
    };
    await parley.ask('schedules.giveConsent', {
      contactId: contact,
      kind: 'ai-voice',
      basis: 'in writing',
      source: 'form',
    });
    const zone = 'America/New_York';
    const time = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
    }).format(now + 150_000);
    const wish = {
      contactId: contact,
      version: null,
      numberId: numbers[0]!.id,
      zone,
      time,
      cadence: 'daily',
      voice: '',
    };
    return parley.ask('schedules.save', wish);
  }, contactId);
  expect(saved).toMatchObject({ ok: true });
}

type Window = Electron.BrowserWindow;

async function inWindow<T>({ app, page }: RunningDesktop, run: (window: Window) => T): Promise<T> {
  const window = await app.browserWindow(page);
  return window.evaluate(run as never) as Promise<T>;
}

/** A window shows itself once it has drawn something, which may be after the page is ready. */
async function closeWindow(parley: RunningDesktop): Promise<void> {
  await expect.poll(() => isShown(parley)).toBe(true);
  await inWindow(parley, (window) => window.close());
}

function isShown(parley: RunningDesktop): Promise<boolean> {
  return inWindow(parley, (window) => window.isVisible());
}
