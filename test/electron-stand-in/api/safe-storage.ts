import type * as Electron from 'electron';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strict } from '../strict.ts';
import { app } from './app.ts';

// A key in a file beside the data, in place of the system's key store: enough to see that the app
// encrypts, too little to protect anything.

const mark = Buffer.from('standin1');
const keyring = (): string => process.env.PARLEY_STANDIN_KEYRING ?? 'gnome_libsecret';

export const safeStorage = strict('safeStorage', {
  isAsyncEncryptionAvailable: async (): Promise<boolean> => keyring() !== 'none',
  getSelectedStorageBackend: () =>
    (keyring() === 'none' ? 'unknown' : keyring()) as ReturnType<
      Electron.SafeStorage['getSelectedStorageBackend']
    >,
  async encryptStringAsync(plainText: string): Promise<Buffer> {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key(), nonce);
    const body = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
    return Buffer.concat([mark, nonce, cipher.getAuthTag(), body]);
  },
  async decryptStringAsync(encrypted: Buffer): Promise<Electron.DecryptStringAsyncReturnValue> {
    const bytes = Buffer.from(encrypted);
    if (!bytes.subarray(0, 8).equals(mark))
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.');
    const cipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(8, 20));
    cipher.setAuthTag(bytes.subarray(20, 36));
    const result = Buffer.concat([cipher.update(bytes.subarray(36)), cipher.final()]).toString('utf8');
    return { result, shouldReEncrypt: false };
  },
} satisfies Partial<Electron.SafeStorage>);

function key(): Buffer {
  if (keyring() === 'none') throw new Error('Encryption is not available.');
  const path = join(app.getPath('userData'), 'stand-in.key');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32), { mode: 0o600 });
  return readFileSync(path);
}
