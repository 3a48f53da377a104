import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CampaignRules } from '../../shared/domain/campaign.ts';
import { usualRules } from '../../shared/domain/campaign.ts';
import { STANDARD_DISPOSITIONS } from '../../shared/domain/disposition.ts';
import { shippedLaw } from '../../shared/domain/law/book.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { assert } from '../../shared/lib/assert.ts';
import { type Instant, instant } from '../../shared/lib/instants.ts';
import { addCampaign } from '../store/campaigns.ts';
import { addContact } from '../store/contacts.ts';
import { addDispositions } from '../store/dispositions.ts';
import { enrol } from '../store/enrolments.ts';
import { closeStore, openStore } from '../store/open.ts';
import type { RehearsalOrder } from './order.ts';

/* A workspace that is worth a rehearsal, for tests. */

/** A Wednesday, ten in the morning in New York. */
export const MORNING = instant(Date.UTC(2026, 10, 18, 15));

const AREA_CODES = ['212', '312', '303', '503', '808'];

export interface Rehearsable {
  readonly file: string;
  readonly campaignId: number;
}

/** A campaign of so many contacts in five zones, in a file of its own that nobody has open. */
export function aRehearsable(
  folder: string,
  contacts: number,
  rules: Partial<CampaignRules> = {},
  now: Instant = MORNING,
): Rehearsable {
  const file = join(folder, 'workspace.db');
  const opened = openStore(file, { now: () => now });
  assert(opened.ok, 'a store opens');
  const db = opened.value;
  addDispositions(db, null, STANDARD_DISPOSITIONS);
  const campaignId = addCampaign(db, {
    name: 'Spring',
    status: 'draft',
    mode: 'power',
    rules: { ...usualRules('America/New_York'), ...rules },
    callerId: '+12125550199',
    scriptId: null,
    createdAt: now,
  });
  const ids = Array.from({ length: contacts }, (_, nth) => {
    const e164 =
      `+1${AREA_CODES[nth % AREA_CODES.length]}55501${String(Math.floor(nth / 5) % 100).padStart(2, '0')}` as E164;
    return addContact(db, {
      listId: null,
      name: `Contact ${nth}`,
      company: '',
      title: '',
      place: '',
      email: '',
      fields: {},
      createdAt: now,
      numbers: [{ e164, kind: 'mobile', zones: [], isStarred: true }],
    });
  });
  enrol(db, campaignId, ids, { dueAt: now });
  closeStore(db);
  return { file, campaignId };
}

/** Two hours with three agents. */
export function anOrder(
  { file, campaignId }: Rehearsable,
  folder: string,
  more: Partial<RehearsalOrder> = {},
): RehearsalOrder {
  mkdirSync(folder);
  return {
    file,
    folder,
    campaignId,
    from: MORNING,
    hours: 2,
    agents: 3,
    seed: 'one',
    home: { country: 'US', zone: 'America/New_York' },
    rules: shippedLaw.rules,
    closures: shippedLaw.closures,
    isPractice: false,
    ...more,
  };
}
