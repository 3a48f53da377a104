import { withoutMouse } from './agent.ts';
import { expectState, note, showMe, startDialing, state, untilHeard } from './desk.ts';
import { expect, test } from './fixtures.ts';
import { practiceRecords } from './records.ts';
import { HOSTS } from './running.ts';

// A shift begins at the very first start.
test.use({ isMovedIn: false });

for (const host of HOSTS)
  test(`${host}: from the first start to a third call in practice, without a mouse`, async ({
    open,
    dataDir,
  }) => {
    const startedAt = Date.now();
    const { page } = await open(host, { speed: 2 });
    await expect(page.getByRole('heading', { name: 'What brings you here?' })).toBeVisible();
    const pointed = await withoutMouse(page);
    await showMe(page);
    expect(Date.now() - startedAt).toBeLessThan(10_000);

    await startDialing(page);
    await expectState(page, 'Dana Whitfield');
    await expectState(page, 'Wrap-up');
    await expectState(page, 'Busy');
    await page.keyboard.press('n');
    await page.keyboard.type('Engaged. Try again before lunch.');
    await page.keyboard.press('Escape');
    await untilHeard(page, '0', () => page.getByText('Busy saved for Dana Whitfield.').isVisible());

    await page.keyboard.press('Control+z');
    await expectState(page, 'Wrap-up');
    await expectState(page, 'Dana Whitfield');
    await expect(note(page)).toHaveValue('Engaged. Try again before lunch.');
    await untilHeard(page, 'Enter', async () => !(await state(page).textContent())?.includes('Dana'));

    await expectState(page, 'Maria Lopez');
    await expectState(page, 'Connected');
    await page.keyboard.press('n');
    await page.keyboard.type('Wants the spring catalogue.');
    await page.keyboard.press('Escape');
    await page.keyboard.press('h');
    await expectState(page, 'Wrap-up');
    const when = page.getByRole('textbox', { name: 'Call back' });
    await untilHeard(page, '2', () => when.isVisible());
    await expect(when).toBeFocused();
    await page.keyboard.type('tomorrow 9');
    await expect(page.getByRole('region', { name: 'Outcome' })).toContainText(/09:00/);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Callback saved for Maria Lopez.')).toBeVisible();

    await expectState(page, 'Omar Kim');
    await expectState(page, /Ringing|Connected/);
    await page.keyboard.press('p');
    await page.keyboard.press('h');
    await expectState(page, 'Wrap-up');
    await untilHeard(page, '3', async () => (await state(page).textContent())?.includes('Paused') ?? false);

    const card = page.getByRole('region', { name: 'Tour' });
    await expect(card).toContainText(/3 calls, [12] talks?, 1 callback\./);
    await expect(card.getByRole('button', { name: 'Import my list' })).toBeVisible();
    await page.keyboard.press('q');
    await expect(page.getByRole('heading', { name: 'Ready when you are' })).toBeVisible();
    await card.getByRole('button', { name: 'Again' }).focus();
    await page.keyboard.press('Enter');
    await expect(card).toHaveCount(0);

    const records = practiceRecords(dataDir);
    expect(records.outcomes()).toEqual([
      { disposition_id: 'busy', note: 'Engaged. Try again before lunch.' },
      { disposition_id: 'busy', note: 'Engaged. Try again before lunch.' },
      { disposition_id: 'callback', note: 'Wants the spring catalogue.' },
      { disposition_id: 'no-answer', note: '' },
    ]);
    expect(records.requests()).toHaveLength(3);
    expect(await pointed()).toBe(0);
  });
