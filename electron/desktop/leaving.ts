import { BrowserWindow, app, dialog } from 'electron';
import { isInCall } from '../../shared/domain/session.ts';
import type { DeskView } from '../../shared/contract/desk.ts';
import type { Standing } from '../../shared/contract/standing.ts';
import { stopsInWords } from '../../shared/domain/standing-words.ts';
import { type Clock, sleep } from '../../shared/lib/clock.ts';
import { SECOND_MS } from '../../shared/lib/instants.ts';
import type { House } from '../house.ts';

/** A carrier that does not answer must not keep a closed program alive. What matters is on disk already. */
const STOP_MAX_MS = 5 * SECOND_MS;

export interface LeavingParts {
  readonly clock: Clock;
  readonly house: House;
  readonly desk: () => DeskView | null;
  readonly standing: () => Standing | null;
  /** Says once that Parley goes on without its window. */
  readonly sayStillHere: () => void;
  /** Runs after the house was closed, just before the end. */
  readonly release: () => void;
}

export interface Leaving {
  /** The computer is being switched off: nobody is there to answer a question. */
  askNothing(): void;
  /** Whether closing the window may really close it. While a session is on it only hides. */
  mayCloseWindow(): boolean;
}

/** The ways out: the window's close button, quitting, and quitting in a call, which asks once. */
export function watchTheDoor(parts: LeavingParts): Leaving {
  let stage: 'here' | 'asking' | 'closing' | 'closed' = 'here';
  let wasTold = false;
  let mayAsk = true;

  const close = async () => {
    stage = 'closing';
    for (const window of BrowserWindow.getAllWindows()) window.hide();
    await Promise.race([parts.house.stop().catch(() => {}), sleep(parts.clock, STOP_MAX_MS)]);
    parts.release();
    stage = 'closed';
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (stage === 'closed') return;
    event.preventDefault();
    if (stage !== 'here') return;
    stage = 'asking';
    void (mayAsk ? mayQuit(parts) : Promise.resolve(true)).then((may) => {
      if (may) return close();
      stage = 'here';
      return undefined;
    });
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  return {
    askNothing: () => void (mayAsk = false),
    mayCloseWindow() {
      if (stage === 'closed' || !parts.house.isBusy()) return true;
      if (!wasTold) parts.sayStillHere();
      wasTold = true;
      return false;
    },
  };
}

async function mayQuit(parts: LeavingParts): Promise<boolean> {
  const view = parts.desk();
  if (view?.session == null || !isInCall(view.session.state)) return mayStop(parts);
  const { house } = parts;
  const name = view.contact?.name ?? view.call?.number ?? 'somebody';
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Parley',
    message: `You are in a call with ${name}.`,
    detail:
      'Closing Parley hangs up first. Your notes are saved; the outcome can be given at the next start.',
    buttons: ['Stay', 'Hang up and close'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response !== 1) return false;
  await house.hangUp().catch(() => {});
  return true;
}

/** Whoever closes Parley is told what stands still then. Nothing is asked where nothing does. */
async function mayStop({ standing }: LeavingParts): Promise<boolean> {
  const now = standing();
  const stops = now === null || now.paused !== null ? null : stopsInWords(now);
  if (stops === null) return true;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Parley',
    message: 'Close Parley?',
    detail: `${stops} Closing only the window keeps Parley at work, in the tray.`,
    buttons: ['Stay', 'Close Parley'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}
