import { expect, test } from 'vitest';
import type { Connection } from '../../../shared/contract/relay.ts';
import { tunnelInWords } from '../../frame/tunnel-face.ts';
import { planOf, typedFrom, whyNotSaved } from './connection-words.ts';

function connection(plan: Connection['plan'], over: Partial<Connection> = {}): Connection {
  return {
    isPractice: false,
    plan,
    port: null,
    hasToken: false,
    state: 'off',
    sentence: '',
    since: null,
    url: null,
    roundTripMs: null,
    listensOn: 4_000,
    portSentence: null,
    heard: 0,
    lastAt: null,
    refused: [],
    ...over,
  };
}

test('a way in that is looked at and saved again is the same', () => {
  const plans: Connection['plan'][] = [
    { kind: 'none' },
    { kind: 'own-url', url: 'https://calls.example' },
    { kind: 'cloudflared', binary: '/opt/cloudflared', url: null },
    {
      kind: 'ssh',
      destination: 'a@b.example',
      port: 2222,
      remote: '8080',
      keyFile: '/k',
      url: 'https://b.example',
    },
    { kind: 'ssh', destination: 'a@b.example', port: null, remote: '80', keyFile: null, url: null },
  ];
  for (const plan of plans) expect(planOf(typedFrom(connection(plan)))).toEqual(plan);
});

test('what is missing or cannot be is said before it is sent', () => {
  const typed = typedFrom(connection({ kind: 'none' }));
  expect(whyNotSaved(typed)).toBe(null);
  expect(whyNotSaved({ ...typed, kind: 'ssh' })).toContain('server');
  expect(whyNotSaved({ ...typed, kind: 'ssh', destination: 'a@b', sshPort: '70000' })).toContain('65535');
  expect(whyNotSaved({ ...typed, port: '80' })).toContain('1024');
});

test('the foot of the window says in two words what is the matter', () => {
  expect(tunnelInWords(connection({ kind: 'none' }))).toBe('Tunnel: off');
  expect(tunnelInWords(connection({ kind: 'none' }, { state: 'down' }))).toBe(
    'Tunnel: down, carriers are asked',
  );
  expect(tunnelInWords(connection({ kind: 'none' }, { isPractice: true }))).toContain('practice');
});
