import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Keyring, keyringSecrets } from './secrets.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-secrets-'));
  file = join(folder, 'secrets.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Backend = ReturnType<Keyring['getSelectedStorageBackend']>;

/** A keyring with one key, which turns each byte; a changed key asks for what is kept to be written anew. */
function aKeyring({
  backend = 'gnome_libsecret',
  isThere = true,
}: {
  backend?: Backend;
  isThere?: boolean;
} = {}) {
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
  const keyring = {
    isOld: false,
    isAnothers: false,
    isAsyncEncryptionAvailable: async () => isThere,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: async (text: string) => {
      if (!isThere) throw new Error('Encryption is not available.');
      return Buffer.concat([Buffer.from(keyring.isOld ? 'old' : 'new'), turn(Buffer.from(text))]);
    },
    decryptStringAsync: async (bytes: Buffer) => {
      if (keyring.isAnothers) throw new Error('Error while decrypting.');
      const mark = bytes.subarray(0, 3).toString();
      return { result: turn(bytes.subarray(3)).toString(), shouldReEncrypt: mark === 'old' };
    },
  };
  return keyring;
}

test('a secret outlives its Parley, and cannot be read where it is kept', async () => {
  const keyring = aKeyring();
  expect(await keyringSecrets(file, keyring, 'linux').set('carrier.token', 'hush hush')).toBe(true);
  expect(await keyringSecrets(file, keyring, 'linux').get('carrier.token')).toBe('hush hush');
  expect(readFileSync(file, 'utf8')).not.toContain('hush');
  expect(statSync(file).mode & 0o077).toBe(0);
});

test.each([
  ['no keyring', aKeyring({ isThere: false })],
  ['the keyring that protects nothing', aKeyring({ backend: 'basic_text' })],
  ['a keyring nobody knows', aKeyring({ backend: 'unknown' })],
])('with %s a secret is kept for this session, says so, and touches no disk', async (_name, keyring) => {
  const secrets = keyringSecrets(file, keyring, 'linux');
  expect(await secrets.state()).toMatchObject({
    state: 'session-only',
    sentence: expect.stringContaining('until Parley is closed'),
  });
  expect(await secrets.set('carrier.token', 'hush')).toBe(false);
  expect(await secrets.get('carrier.token')).toBe('hush');
  expect(readdirSync(folder)).toEqual([]);
  expect(await keyringSecrets(file, keyring, 'linux').get('carrier.token')).toBeNull();
});

test('a secret written under an old key is written anew when it is read', async () => {
  const keyring = aKeyring();
  keyring.isOld = true;
  await keyringSecrets(file, keyring, 'linux').set('carrier.token', 'hush');
  keyring.isOld = false;
  const before = readFileSync(file, 'utf8');
  expect(await keyringSecrets(file, keyring, 'linux').get('carrier.token')).toBe('hush');
  expect(readFileSync(file, 'utf8')).not.toBe(before);
});

test('what another keyring wrote is not there, and is no error', async () => {
  const keyring = aKeyring();
  await keyringSecrets(file, keyring, 'linux').set('carrier.token', 'hush');
  keyring.isAnothers = true;
  expect(await keyringSecrets(file, keyring, 'linux').get('carrier.token')).toBeNull();
});

test('a secret taken away leaves nothing behind', async () => {
  const secrets = keyringSecrets(file, aKeyring(), 'linux');
  await secrets.set('carrier.token', 'hush');
  await secrets.set('carrier.token', null);
  expect(await secrets.get('carrier.token')).toBeNull();
  expect(existsSync(file)).toBe(false);
});
