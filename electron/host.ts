import type { DeskView } from '../shared/contract/desk.ts';
import type { Standing } from '../shared/contract/standing.ts';
import type { Tiding } from '../shared/domain/tiding.ts';

/** What the kernel asks of whatever it runs in: a desktop, a terminal with a browser, a test. */
export interface Host {
  readonly kind: 'electron' | 'browser' | 'test';
  readonly version: string;
  /** Shows the agent's state where the system shows such things: tray, title, taskbar. */
  showDesk(desk: DeskView): void;
  /** Shows what the engine does where the system shows such things. */
  showStanding(standing: Standing | null): void;
  /** A notice outside the window, where the system shows such things and the window is not looked at. */
  notify(tiding: Tiding): void;
  /** Asks where a file is to go and puts it there. False when they changed their mind. Left out, a page fetches it. */
  readonly saveFile?: (from: string, name: string) => Promise<boolean>;
  /** Makes a PDF of a page that needs nothing but itself. Left out, nothing prints here. */
  readonly printPage?: (html: string) => Promise<Uint8Array>;
  /** Asks for a folder; null when they changed their mind. Left out, none can be chosen. */
  readonly chooseFolder?: () => Promise<string | null>;
  /** Opens Parley when somebody logs in, out of sight. Null where the system keeps no such list for us. */
  readonly loginItem: LoginItem | null;
}

/** The system’s list of what opens at log-in. */
export interface LoginItem {
  isOn(): boolean;
  /** False where the system did not take it. */
  set(isOn: boolean): boolean;
}

/** Where secrets are kept, and how well. They never leave the main process (law 9). */
export interface Secrets {
  state(): Promise<SecretsState>;
  get(name: string): Promise<string | null>;
  /** False where nothing may be kept beyond this session. */
  set(name: string, value: string | null): Promise<boolean>;
}

export interface SecretsState {
  readonly state: 'keyring' | 'session-only' | 'none';
  readonly sentence: string;
}

/** Keeps secrets until the process ends, and says so. For hosts without a keyring. */
export function sessionSecrets(): Secrets {
  const kept = new Map<string, string>();
  return {
    state: async () => ({
      state: 'session-only',
      sentence:
        'There is no keyring here, so credentials are kept until Parley is closed and then forgotten.',
    }),
    get: async (name) => kept.get(name) ?? null,
    async set(name, value) {
      if (value === null) kept.delete(name);
      else kept.set(name, value);
      return false;
    },
  };
}
