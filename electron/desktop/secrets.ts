import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { SafeStorage } from 'electron';
import type { Secrets, SecretsState } from '../host.ts';

/** What we need of Electron's safeStorage. */
export type Keyring = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

type State = SecretsState['state'];

/**
 * Secrets in `file`, as ciphertext whose key lies in the system's keyring. Where there is no keyring nothing is
 * written at all: they are kept until Parley ends, and the screen says so (law 9).
 */
export function keyringSecrets(
  file: string,
  keyring: Keyring,
  platform: NodeJS.Platform = process.platform,
): Secrets {
  const here = new Map<string, string>();
  const state = async (): Promise<State> =>
    (await isProtected(keyring, platform)) ? 'keyring' : 'session-only';
  const put = async (name: string, value: string) => {
    const kept = read(file);
    kept[name] = (await keyring.encryptStringAsync(value)).toString('base64');
    write(file, kept);
  };

  return {
    async state() {
      const now = await state();
      return { state: now, sentence: SENTENCES[now] };
    },
    async get(name) {
      const known = here.get(name);
      if (known !== undefined) return known;
      const kept = read(file)[name];
      if (kept === undefined || (await state()) !== 'keyring') return null;
      try {
        const { result, shouldReEncrypt } = await keyring.decryptStringAsync(Buffer.from(kept, 'base64'));
        // The system changed its key: what is kept under the old one would be unreadable one day.
        if (shouldReEncrypt) await put(name, result);
        return result;
      } catch {
        // Another user's keyring, or a new one: the secret has to be typed again.
        return null;
      }
    },
    async set(name, value) {
      if (value === null) {
        here.delete(name);
        const kept = read(file);
        delete kept[name];
        write(file, kept);
        return true;
      }
      if ((await state()) === 'keyring') {
        await put(name, value);
        here.delete(name);
        return true;
      }
      here.set(name, value);
      return false;
    },
  };
}

const SENTENCES: Readonly<Record<State, string>> = {
  keyring: 'Credentials are encrypted with a key from this computer’s keyring.',
  'session-only':
    'This computer has no keyring that protects credentials, so they are kept until Parley is closed and then forgotten. Set up a keyring to keep them.',
  none: 'Credentials cannot be kept here.',
};

/** `basic_text` is a key that stands in Chromium’s source: it hides, and protects nothing. */
async function isProtected(keyring: Keyring, platform: NodeJS.Platform): Promise<boolean> {
  if (!(await keyring.isAsyncEncryptionAvailable())) return false;
  if (platform !== 'linux') return true;
  const backend = keyring.getSelectedStorageBackend();
  return backend !== 'basic_text' && backend !== 'unknown';
}

function read(file: string): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const isTable = typeof kept === 'object' && kept !== null && !Array.isArray(kept);
    return isTable
      ? Object.fromEntries(Object.entries(kept).filter(([, value]) => typeof value === 'string'))
      : {};
  } catch {
    return {};
  }
}

function write(file: string, kept: Readonly<Record<string, string>>): void {
  if (Object.keys(kept).length === 0) {
    rmSync(file, { force: true });
    return;
  }
  writeFileSync(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
