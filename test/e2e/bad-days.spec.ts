import type { Page } from '@playwright/test';
import { instant } from '../../shared/lib/instants.ts';
import { erase } from '../../electron/store/contact-erase.ts';
import { addDoNotCall } from '../../electron/store/do-not-call.ts';
import { faceOf, pressAndSeeItTurn, seeWord } from './agent.ts';
import { beInCall, expectState, note, startPreview, state } from './desk.ts';
import { expect, test } from './fixtures.ts';
import { practiceRecords } from './records.ts';
import { inPractice } from './seed.ts';

// Days on which the desk has to say what is the matter, and to do nothing that nobody asked for.

test('the other side hangs up under a finger that is sending tones: no outcome is made of them', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('browser host', { speed: 10 });
  // The line drops after two seconds of this test.
  await dialByHand(page, '+1 206 555 0106');
  await expectState(page, 'Connected');
  await page.keyboard.press('k');
  await expect(page.getByRole('dialog', { name: 'Keypad' })).toBeVisible();
  await pressOnPast(page, '5');
  await expect(page.getByText('The call has only just ended. Press it again.')).toBeVisible();
  expect(practiceRecords(dataDir).outcomes()).toEqual([]);
  expect((await faceOf(page))?.word).toBe('Wrap-up');
});

test('two windows show the same call, and of two outcomes at once one is filed', async ({
  open,
  dataDir,
}) => {
  const { page, port } = await open('browser host', { speed: 10 });
  await beInCall(page);
  const other = await page.context().newPage();
  await other.goto(`http://127.0.0.1:${port}/`);
  await expectState(other, 'Connected');
  await pressAndSeeItTurn(other, 'h', 'Connected');
  await Promise.all([seeWord(page, 'Wrap-up'), seeWord(other, 'Wrap-up')]);
  await Promise.all([page.keyboard.press('6'), other.keyboard.press('5')]);
  await expect.poll(() => faceOf(page).then((face) => face?.word)).not.toBe('Wrap-up');
  await expect.poll(() => faceOf(other).then((face) => face?.word)).not.toBe('Wrap-up');
  expect(practiceRecords(dataDir).outcomes()).toHaveLength(1);
  expect(practiceRecords(dataDir).requests()).toHaveLength(1);
});

test('a page closed in mid-call ends nothing: the call is there when it is opened again', async ({
  open,
  dataDir,
}) => {
  const { page, port } = await open('browser host', { speed: 10 });
  await beInCall(page);
  const context = page.context();
  await page.close();
  const again = await context.newPage();
  await again.goto(`http://127.0.0.1:${port}/`);
  await expectState(again, 'Connected');
  expect(practiceRecords(dataDir).hangUps()).toBe(0);
  expect(practiceRecords(dataDir).requests()).toHaveLength(1);
});

test('whoever is put on do-not-call while they are on screen is not rung, and the reason is read', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('browser host', { speed: 10 });
  await startPreview(page);
  inPractice(dataDir, (db) =>
    addDoNotCall(db, {
      kind: 'number',
      value: '+16175550120',
      reason: 'asked not to be called',
      since: instant(0),
      byAgent: null,
      madeByAttempt: null,
    }),
  );
  await page.waitForTimeout(450);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText(
    /do.not.call|left alone|not to be called/i,
  );
  expect(practiceRecords(dataDir).requests()).toEqual([]);
});

test('a contact who is deleted while on screen is not rung, and the desk goes on', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('browser host', { speed: 10 });
  await startPreview(page);
  inPractice(dataDir, (db) => erase(db, 1, instant(Date.now()), null));
  await page.waitForTimeout(450);
  await page.keyboard.press('Enter');
  await expect(state(page)).not.toContainText('Dana Whitfield');
  expect(practiceRecords(dataDir).requests()).toEqual([]);
  await page.reload();
  await expectState(page, /Preview|Ready/);
});

test('a paste of 40,000 characters is refused whole, and the note stays as it was', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('browser host', { speed: 10 });
  await beInCall(page);
  await page.keyboard.press('n');
  await page.keyboard.type('Before. ');
  await page.evaluate(`(() => {
    const data = new DataTransfer();
    data.setData('text', 'x'.repeat(40000));
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    if (document.activeElement.dispatchEvent(event)) document.activeElement.value = 'taken';
  })()`);
  await expect(
    page.getByText('What you pasted has 40,000 characters, and a note holds 20,000.'),
  ).toBeVisible();
  await expect(note(page)).toHaveValue('Before. ');
  await page.keyboard.type('After.');
  await expect
    .poll(() =>
      practiceRecords(dataDir)
        .drafts()
        .map(({ note: kept }) => kept),
    )
    .toEqual(['Before. After.']);
});

test('a carrier that gives no clear answer is said so, and nobody is dialed until it has', async ({
  open,
  dataDir,
}) => {
  const { page } = await open('browser host', { speed: 10 });
  await dialByHand(page, '+1 212 555 0141');
  await expectState(page, 'Carrier unclear');
  await expectState(page, 'Nobody is dialed until that is clear, so nobody is rung twice.');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The carrier is being asked about this call.')).toBeVisible();
  expect(practiceRecords(dataDir).requests()).toHaveLength(1);
});

/** A finger that goes on for a quarter of a second after the call, from within the page: no slow machine delays it. */
function pressOnPast(page: Page, key: string): Promise<void> {
  return page.evaluate(`new Promise((done) => {
    let endedAt = null;
    const timer = setInterval(() => {
      const word = document.querySelector('section[aria-label="State"] p').textContent;
      if (word === 'Wrap-up') endedAt ??= performance.now();
      if (endedAt !== null && performance.now() - endedAt > 250) {
        clearInterval(timer);
        return done();
      }
      const press = { key: '${key}', code: 'Digit${key}', bubbles: true, cancelable: true };
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', press));
    }, 30);
  })`);
}

async function dialByHand(page: Page, typed: string): Promise<void> {
  await startPreview(page);
  await page.keyboard.press('d');
  await page.getByRole('textbox', { name: 'Number' }).fill(typed);
  await expect(page.getByRole('dialog').getByText(/may be rung/i)).toBeVisible();
  await page.keyboard.press('Enter');
}
