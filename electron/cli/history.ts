import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { addDays, firstInstant, isDate } from '../../shared/lib/zoned-time.ts';
import { type Line, failOver } from '../carriers/fail-over.ts';
import { complaintAbout, knownCarrier } from '../carriers/known.ts';
import { type PastWish, bringIn, pastInWords } from '../history/past.ts';
import { keptPast } from '../store/history.ts';
import { closeStore, openStore } from '../store/open.ts';
import { keptCarriers } from '../workspace-carriers.ts';
import type { Workspace } from '../workspaces.ts';
import {
  type Asked,
  type Command,
  DATA_OPTION,
  JSON_OPTION,
  type Surroundings,
  type Told,
  WORKSPACE_OPTION,
} from './command.ts';
import { workspaceMeant } from './open-workspace.ts';

/** Old calls of Vapi, from a shell (row C8): by the same pages as on screen, and gone on with as there. */
export const fetchHistory: Command = {
  name: 'vapi-import',
  usage: '--from DAY --to DAY [--recordings] | --go-on [--workspace W] [--data DIR]',
  about:
    'fetches the calls of some days from Vapi, matches them with contacts by number, and says what came in; the private key is taken from VAPI_API_KEY',
  options: [
    { name: 'from', value: 'DAY', about: 'the first day, such as 2024-01-01' },
    { name: 'to', value: 'DAY', about: 'the last day, such as 2024-12-31' },
    {
      name: 'recordings',
      value: null,
      about: 'their recordings are fetched too, by Parley when it runs next',
    },
    { name: 'go-on', value: null, about: 'goes on where an earlier try was stopped or broke off' },
    WORKSPACE_OPTION,
    DATA_OPTION,
    JSON_OPTION,
  ],
  async run(asked, surroundings) {
    const workspace = workspaceMeant(asked, surroundings);
    if (!workspace.ok) return workspace;
    if (workspace.value.kind === 'practice')
      return refused('Practice has no old calls to fetch. Name another workspace with --workspace.');
    const wish = wishIn(asked, workspace.value);
    return wish.ok ? fetched(workspace.value, wish.value, surroundings) : wish;
  },
};

function wishIn(asked: Asked, { home }: Workspace): Result<PastWish | null, string> {
  if (asked.value('go-on') !== null) return ok(null);
  const [from, to] = [asked.value('from') ?? '', asked.value('to') ?? ''];
  if (!isDate(from) || !isDate(to)) return refused('Say which days: --from 2024-01-01 --to 2024-12-31.');
  if (to < from) return refused('The last day comes before the first.');
  const range = { from: firstInstant(from, 0, home.zone), to: firstInstant(addDays(to, 1), 0, home.zone) };
  return ok({ ...range, withSounds: asked.value('recordings') !== null });
}

async function fetched(
  { file, home }: Workspace,
  wish: PastWish | null,
  { clock, env }: Surroundings,
): Promise<Result<Told, string>> {
  const known = knownCarrier('vapi')!;
  const opened = openStore(file, { now: () => clock.now() });
  if (!opened.ok) return refused(opened.error.sentence);
  const db = opened.value;
  try {
    // What is secret lies in the keyring, which only the app opens: a shell brings its own.
    const values = { ...keptCarriers(db).values['vapi'], key: env['VAPI_API_KEY'] ?? '' };
    if (values.key === '') return refused('Vapi’s private key is missing: put it into VAPI_API_KEY.');
    const complaint = complaintAbout(known, { assistantId: 'none', ...values });
    if (complaint !== null) return refused(complaint);
    const hooks = { urlFor: () => null, secretFor: () => '' };
    const vapi = known.make(values, { clock, hooks });
    const line: Line = { kind: 'vapi', title: known.title, carrier: vapi, serves: known.serves, numbers: [] };
    const parts = { db, carrier: failOver([line]), clock, country: home.country, moved: () => {} };
    if (wish === null && (keptPast(db, 'vapi')?.state ?? 'done') === 'done')
      return refused('There is nothing to go on with. Say which days: --from and --to.');
    const past = await bringIn(parts, 'vapi', wish, new AbortController().signal);
    await vapi.close();
    if (past === null || past.state === 'trouble')
      return refused(past === null ? 'Nothing was fetched.' : pastInWords(past));
    const { seen, added, updated, matched } = past;
    return ok({ lines: [pastInWords(past)], json: { seen, added, updated, matched } });
  } finally {
    closeStore(db);
  }
}
