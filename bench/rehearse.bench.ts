import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runRehearsal } from '../electron/rehearsal/run.ts';
import { addCampaign } from '../electron/store/campaigns.ts';
import { addContact } from '../electron/store/contacts.ts';
import { addDispositions } from '../electron/store/dispositions.ts';
import { enrol } from '../electron/store/enrolments.ts';
import { closeStore, openStore, withTransaction } from '../electron/store/open.ts';
import { usualRules } from '../shared/domain/campaign.ts';
import { STANDARD_DISPOSITIONS } from '../shared/domain/disposition.ts';
import { shippedLaw } from '../shared/domain/law/book.ts';
import type { E164 } from '../shared/domain/phone.ts';
import { instant } from '../shared/lib/instants.ts';
import { report } from './report.ts';

/*
 * A campaign of 10,000 contacts, rehearsed for a day of eight hours: from the copy of the workspace to the
 * report, as `parley rehearse` does it and as a supervisor waits for it. Making the list is not part of it.
 */

const CONTACTS = 10_000;
const AGENTS = 10;
/** A Wednesday, ten in the morning in New York. */
const MORNING = instant(Date.UTC(2026, 10, 18, 15));

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const file = join(folder, 'workspace.db');
const opened = openStore(file, { now: () => MORNING });
if (!opened.ok) throw new Error(opened.error.sentence);
const db = opened.value;
addDispositions(db, null, STANDARD_DISPOSITIONS);
const campaignId = addCampaign(db, {
  name: 'Bench',
  status: 'active',
  mode: 'power',
  rules: usualRules('America/New_York'),
  callerId: '+12125550199',
  scriptId: null,
  createdAt: MORNING,
});
const ZONES = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles'];
withTransaction(db, () => {
  const contactIds = Array.from({ length: CONTACTS }, (_, nth) => {
    // The hundred numbers set aside for fiction in each of a hundred area codes: nobody shares one.
    const e164 = `+1${201 + Math.floor(nth / 100)}55501${String(nth % 100).padStart(2, '0')}` as E164;
    const zone = ZONES[nth % ZONES.length]!;
    return addContact(db, {
      listId: null,
      name: `Contact ${nth}`,
      company: `Company ${nth}`,
      title: '',
      place: '',
      email: '',
      fields: {},
      createdAt: MORNING,
      numbers: [{ e164, kind: 'mobile', zones: [zone], isStarred: true }],
    });
  });
  enrol(db, campaignId, contactIds, { dueAt: MORNING });
});
closeStore(db);

const startedAt = performance.now();
const before = process.cpuUsage();
const told = await runRehearsal(
  {
    file,
    folder,
    campaignId,
    from: MORNING,
    hours: 8,
    agents: AGENTS,
    seed: 'bench',
    home: { country: 'US', zone: 'America/New_York' },
    rules: shippedLaw.rules,
    closures: shippedLaw.closures,
    isPractice: false,
  },
  {},
  new AbortController().signal,
);
const seconds = (performance.now() - startedAt) / 1_000;
const used = process.cpuUsage(before);
rmSync(folder, { recursive: true, force: true });
if (!told.ok) throw new Error(told.error);
report({
  name: `10,000 contacts, 8 hours, ${AGENTS} agents, ${told.value.dials} calls rehearsed`,
  value: seconds,
  unit: 's',
  bar: { of: 'value', atMost: 10 },
});
// On a machine that does other things as well the first figure tells of them, and this one hardly.
report({ name: 'of these, of the processor', value: (used.user + used.system) / 1_000_000, unit: 's' });
report({ name: 'of these, per call', value: (seconds * 1_000) / told.value.dials, unit: 'ms' });
