// The Dial screen in each of its states, on a line that answers from plain objects. Not part of the product.
import { createRoot } from 'react-dom/client';
import { createStore } from 'zustand/vanilla';
import { contract } from '../../../shared/contract/contract.ts';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { type Answer, clientOf } from '../../../shared/contract/wire.ts';
import { after, SECOND_MS } from '../../../shared/lib/instants.ts';
import { ok, refused } from '../../../shared/lib/result.ts';
import { App } from '../../App.tsx';
import { createDeskMirror } from '../../data/desk-mirror.ts';
import type { LineStatus, OpenLine } from '../../data/line.ts';
import { createKernelClock } from '../../data/now.ts';
import { createQueries } from '../../data/queries.ts';
import { createParleyRouter } from '../../routes.tsx';
import '../../theme/tokens.css';
import { NOON } from './desk-fixtures.ts';
import { CAMPAIGNS, OWN_DAY, SHOWN } from './gallery-states.ts';

const asked = new URLSearchParams(location.search).get('state') ?? 'connected';
const shown: DeskView = SHOWN[asked] ?? SHOWN['connected']!;

const HELLO = {
  version: '0.1.0',
  host: 'test',
  dataDir: '/tmp/parley',
  workspace: { id: 'practice', name: 'Practice', kind: 'practice' },
  me: { id: 1, name: 'Ann Field', role: 'agent', hasPin: false },
  isLocked: false,
  preferences: {
    theme: 'system',
    density: 'regular',
    singleKeys: true,
    quietOnConnect: false,
    idleLockMinutes: 0,
    sounds: false,
  },
  carrier: { name: 'Practice carrier', isSimulated: true, state: 'ready', sentence: 'Nobody is called.' },
  now: NOON,
  speed: 1,
  secrets: { state: 'none', sentence: '' },
  zones: { release: '2026f', doubt: null },
};

const ANSWERS: Readonly<Record<string, () => unknown>> = {
  'app.hello': () => HELLO,
  'desk.view': () => shown,
  'desk.draft': () => ({ savedAt: after(NOON, 4 * SECOND_MS) }),
  'desk.ownDay': () => OWN_DAY,
  'desk.weighCallback': () => ({ keptAt: null, clashes: [] }),
  'desk.weigh': () => ({
    shown: '+1 503-555-0187',
    mayRing: true,
    sentence: 'May be rung now: 10:42 there.',
    name: 'Maria Lopez',
    override: null,
  }),
  'desk.transferTargets': () => [{ name: 'Ben Çelik', number: '(503) 555-0177' }],
  'campaigns.list': () => CAMPAIGNS[asked] ?? CAMPAIGNS['start']!,
};

const line: OpenLine = {
  status: createStore<LineStatus>(() => ({ state: 'up', failures: 0 })),
  ask: async (call, input): Promise<Answer<unknown>> => {
    console.info('asked', call, JSON.stringify(input));
    const answer = ANSWERS[call];
    if (answer !== undefined) return ok(answer());
    return refused({ code: 'not-now', sentence: 'This is a gallery: nothing happens here.' });
  },
  listen: () => () => undefined,
};

const client = clientOf(contract, line);
location.hash = '#/dial';
createRoot(document.getElementById('root')!).render(
  <App
    parts={{
      line,
      client,
      clock: createKernelClock(() => performance.now()),
      mirror: createDeskMirror(client.desk),
      queries: createQueries(),
      router: createParleyRouter(),
    }}
  />,
);
