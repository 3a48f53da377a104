import { PATIENT, beInCall, expectState, note, state, untilHeard } from './desk.ts';
import { expect, test } from './fixtures.ts';
import { practiceRecords } from './records.ts';
import { HOSTS } from './running.ts';

for (const host of HOSTS) {
  test(`${host}: a reload in mid-call changes nothing`, async ({ open, dataDir }) => {
    const { page } = await open(host, { speed: 10 });
    await beInCall(page);
    await page.keyboard.press('n');
    await page.keyboard.type('Asked about prices');
    await page.keyboard.press('Escape');
    await page.reload();
    await expectState(page, 'Connected');
    await expectState(page, PATIENT.name);
    await expect(note(page)).toHaveValue('Asked about prices');
    expect(practiceRecords(dataDir).requests()).toHaveLength(1);
  });

  test(`${host}: after kill -9 in mid-call the note is there, the call goes on, and nobody is rung again`, async ({
    open,
    dataDir,
  }) => {
    const first = await open(host, { speed: 10 });
    await beInCall(first.page);
    await first.page.keyboard.press('n');
    await first.page.keyboard.type('Promised a quote by Friday');
    await first.page.waitForTimeout(300);
    await first.kill();

    const records = practiceRecords(dataDir);
    expect(records.drafts().map(({ note: text }) => text)).toEqual(['Promised a quote by Friday']);
    const before = records.requests();
    expect(before.map(({ to_number: to }) => to)).toEqual([PATIENT.e164]);

    const { page } = await open(host, { speed: 10 });
    await expectState(page, PATIENT.name);
    await expectState(page, 'recovered after a restart');
    await expectState(page, /Connected|Wrap-up/);
    await expect(note(page)).toHaveValue('Promised a quote by Friday');

    await page.keyboard.press('Escape');
    await page.keyboard.press('h');
    await expectState(page, 'Wrap-up');
    await untilHeard(page, '5', async () => (await state(page).textContent())?.includes('Paused') ?? false);
    await expectState(page, 'Parley has restarted, and nothing is lost');

    expect(records.requests()).toEqual(before);
    expect(records.attempts().map(({ to_e164: to }) => to)).toEqual([PATIENT.e164]);
    expect(records.outcomes()).toEqual([
      { disposition_id: 'interested', note: 'Promised a quote by Friday' },
    ]);
  });
}

test('browser host: a page that dies in mid-call is opened anew, and the call has not noticed', async ({
  open,
  dataDir,
}) => {
  const { page, port } = await open('browser host', { speed: 10 });
  await beInCall(page);
  const crashed = page.waitForEvent('crash');
  page.goto('chrome://crash').catch(() => {});
  await crashed;
  const anew = await page.context().newPage();
  await anew.goto(`http://127.0.0.1:${port}/`);
  await expectState(anew, 'Connected');
  await expectState(anew, PATIENT.name);
  expect(practiceRecords(dataDir).requests()).toHaveLength(1);
});
