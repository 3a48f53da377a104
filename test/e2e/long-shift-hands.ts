import type { Page } from '@playwright/test';
import { type Face, faceOf, pressAndSeeItTurn, until } from './agent.ts';
import type { Person } from './long-shift-list.ts';

/** What is done with one person, where it is not the usual. */
export interface Doing {
  /** While they are looked at: in preview, or in the lead-in of power mode. */
  readonly before?: (page: Page) => Promise<void>;
  readonly during?: (page: Page) => Promise<void>;
  /** Files the outcome. */
  readonly after?: (page: Page) => Promise<void>;
  /** With this one the work stops, in the middle of the talk. */
  readonly leavesOff?: boolean;
}

export type Doings = Readonly<Record<string, Doing>>;

/**
 * Works as the banner says until nobody is left to ring and `isDone`, given the names seen so far. Each special doing
 * is done once; whoever comes again is treated as usual.
 */
export async function workOff(
  page: Page,
  people: readonly Person[],
  doings: Doings,
  isDone: (seen: ReadonlySet<string>) => boolean,
): Promise<void> {
  const seen = new Set<string>();
  const done = new Set<string>();
  let doing: Doing = {};
  for (;;) {
    const face = await until('a session', () => faceOf(page));
    const name = people.find((each) => face.text.includes(each.name))?.name;
    if (name !== undefined) {
      doing = done.has(`${name} after`) ? {} : (doings[name] ?? {});
      seen.add(name);
    }
    const once = async (step: 'before' | 'during' | 'after', usual: () => Promise<void>) => {
      const key = `${name} ${step}`;
      const special = done.has(key) ? undefined : doing[step];
      done.add(key);
      await (special === undefined ? usual() : special(page));
    };
    const turn = (key: string) => pressAndSeeItTurn(page, key, face.word);
    switch (face.word) {
      case 'Next':
        await once('before', () => rest(page));
        break;
      case 'Preview':
        await once('before', () => turn('Enter'));
        break;
      case 'Connected':
        await once('during', () => talk(page, face));
        if (doing.leavesOff === true) return;
        break;
      case 'Wrap-up':
        await once('after', () => turn(usualOutcome(face)));
        break;
      case 'Paused':
        await turn('Enter');
        break;
      case 'Ready':
        if (isDone(seen)) return;
        await rest(page);
        break;
      default:
        await rest(page);
    }
  }
}

/** People are hung up on. A machine gets the recorded message, which ends the call by itself. */
async function talk(page: Page, face: Face): Promise<void> {
  if (!/Voicemail greeting|after the beep/.test(face.text)) return pressAndSeeItTurn(page, 'h', 'Connected');
  await page.keyboard.press('v');
  await until('the end of the message', async () => (await faceOf(page))?.word !== 'Connected');
}

function usualOutcome({ text }: Face): string {
  if (text.includes('Busy')) return '0';
  if (text.includes('Voicemail')) return '4';
  if (text.includes('could not be put through')) return '8';
  return text.includes('Nobody answered') ? '3' : '6';
}

/** What the wrap-up timer shows. */
export async function secondsLeft(page: Page): Promise<number> {
  const text = await page.getByRole('region', { name: 'Outcome' }).textContent();
  return Number(/^Outcome(\d+) s/.exec(text ?? '')?.[1] ?? Number.NaN);
}

function rest(page: Page): Promise<void> {
  return page.waitForTimeout(20);
}
