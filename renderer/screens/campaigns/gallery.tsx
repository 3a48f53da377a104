// The campaign screens on a line that answers from plain objects. Not part of the product.
import { createRoot } from 'react-dom/client';
import { createStore } from 'zustand/vanilla';
import { shippedLaw } from '../../../shared/domain/law/book.ts';
import { consequenceInWords, STANDARD_DISPOSITIONS } from '../../../shared/domain/disposition.ts';
import { contract } from '../../../shared/contract/contract.ts';
import { type Answer, clientOf } from '../../../shared/contract/wire.ts';
import { ok, refused } from '../../../shared/lib/result.ts';
import { App } from '../../App.tsx';
import { createDeskMirror } from '../../data/desk-mirror.ts';
import type { LineStatus, OpenLine } from '../../data/line.ts';
import { createKernelClock } from '../../data/now.ts';
import { createQueries } from '../../data/queries.ts';
import { createParleyRouter } from '../../routes.tsx';
import '../../theme/tokens.css';
import { SHOWN } from '../dial/gallery-states.ts';
import * as a from './gallery-answers.ts';
import type { CampaignSheet, Rules } from './kinds.ts';

const asked = new URLSearchParams(location.search);
// The router reads the page’s own search together with the hash’s; here it is not meant for it.
history.replaceState(null, '', location.pathname + location.hash);
const withWhat = asked.get('with') ?? 'people';

const HELLO = {
  version: '0.1.0',
  host: 'test',
  dataDir: '/tmp/parley',
  workspace: { id: 'practice', name: 'Practice', kind: 'practice' },
  me: { id: 1, name: 'Ann Field', role: asked.get('as') ?? 'supervisor', hasPin: false },
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
  now: a.NOON,
  speed: 1,
  secrets: { state: 'none', sentence: '' },
  zones: { release: '2026f', doubt: null },
};

const sheets = new Map<number, CampaignSheet>(
  a.ROWS.map(({ id, name, status, mode }) => [id, { ...a.SHEET, id, name, status, mode }]),
);
sheets.set(4, { ...sheets.get(4)!, contacts: 0, sources: [], script: [] });

const ANSWERS: Readonly<Record<string, (input: never) => unknown>> = {
  'app.hello': () => HELLO,
  'desk.view': () => SHOWN['start'] ?? Object.values(SHOWN)[0],
  'campaigns.list': () => (withWhat === 'nothing' ? [] : a.ROWS),
  'campaigns.get': ({ id }: { id: number }) => sheets.get(id),
  'campaigns.templates': () => a.TEMPLATES,
  'campaigns.effect': ({ rules }: { rules: Rules }) => a.effectOn(rules),
  'campaigns.first': ({ count }: { count: number }) =>
    withWhat === 'nothing' ? [] : a.FIRST.slice(0, count),
  'law.text': () => ({ rules: shippedLaw.rules, closures: shippedLaw.closures }),
  'outcomes.list': () =>
    STANDARD_DISPOSITIONS.map((kind) => ({
      ...kind,
      campaignId: null,
      does: consequenceInWords(kind.consequence),
    })),
  'campaigns.checkUp': () => a.CHECKS,
  'campaigns.rehearsal': () => a.REHEARSED,
  'campaigns.live': () => a.LIVE,
  'campaigns.scriptFigures': () => a.SCRIPT_FIGURES,
  'campaigns.whyNot': () => a.WHY_NOT,
  'campaigns.whyNotWho': () => a.SEGMENT_WHO,
  'campaigns.explain': () => a.EXPLANATION,
  'campaigns.weighPeople': () => ({ found: 25, new: 20, withoutNumber: 2, doNotCall: 1 }),
  'campaigns.addPeople': () => ({ added: 20 }),
  'campaigns.setStatus': ({ id, status }: { id: number; status: string }) => ({
    ...a.ROWS.find((row) => row.id === id),
    status,
  }),
  'contacts.lists': () => [{ id: 1, name: 'Customers in spring', contacts: 1100, createdAt: a.NOON }],
  'contacts.page': () => ({
    rows: [
      {
        id: 1,
        name: 'Maria Lopez',
        company: 'Globex',
        place: 'Portland OR',
        number: '+1 503-555-0187',
        list: 'Spring',
      },
    ],
    next: null,
  }),
};

/** Saving the second time finds that somebody else was faster, so that the question can be looked at. */
function change(input: Partial<CampaignSheet> & { id: number; version: number }): Answer<unknown> {
  const sheet = sheets.get(input.id)!;
  if (withWhat === 'conflict' && input.version === a.SHEET.version) {
    sheets.set(input.id, { ...sheet, version: sheet.version + 1 });
    const sentence =
      'Ben Stone changed the rules at 17:52, after you had opened it. Nothing of yours was saved.';
    return refused({ code: 'conflict', sentence });
  }
  if (input.rules?.windows.length === 0 && sheet.status === 'active')
    return refused({ code: 'bad-arguments', sentence: a.effectOn(input.rules).trouble! });
  const next = { ...sheet, ...input, version: sheet.version + 1 };
  sheets.set(input.id, next);
  return ok(next);
}

const line: OpenLine = {
  status: createStore<LineStatus>(() => ({ state: 'up', failures: 0 })),
  ask: async (call, input): Promise<Answer<unknown>> => {
    if (withWhat === 'trouble' && call.startsWith('campaigns.'))
      return refused({ code: 'storage', sentence: 'The disk does not answer. Try again in a moment.' });
    if (call === 'campaigns.change') return change(input as never);
    const answer = ANSWERS[call];
    if (answer !== undefined) return ok(answer(input as never));
    return refused({ code: 'not-now', sentence: 'This is a gallery: nothing happens here.' });
  },
  listen: () => () => undefined,
};

const client = clientOf(contract, line);
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
