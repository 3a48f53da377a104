import type { E164 } from '../../shared/domain/phone.ts';
import type { DoNotCallFacts, Subject } from '../../shared/domain/verdict.ts';
import { type Instant, after } from '../../shared/lib/instants.ts';
import { inRegistry, keysOf, leftAloneAt } from './do-not-call.ts';
import { type ReadDb, reading } from './open.ts';
import { hasRegistries } from './registries.ts';
import { type Lookups, RANG, WEEK_MS, asConsents, lookupsForOne } from './subject-facts.ts';

/* What `lookupsForOne` asks for each contact, asked once for a page of them. The answers are the same. */

export interface PagedRow {
  readonly contactId: number;
  readonly e164?: E164 | null;
  readonly company: string;
  readonly email: string;
}

/** The longest that any rule looks back is not known here, so that each question is asked as far as it is needed. */
export function lookupsForPage(
  db: ReadDb,
  rows: readonly PagedRow[],
  campaignId: number,
  now: Instant,
): Lookups {
  const numbers = JSON.stringify(rows.flatMap(({ e164 }) => e164 ?? []));
  const contacts = JSON.stringify(rows.map(({ contactId }) => contactId));
  const held = once(
    () =>
      new Map(
        heldNow(db)
          .all()
          .map(({ of, at }) => [of, at]),
      ),
  );
  const lasts = once(
    () =>
      new Map(
        lastOn(db)
          .all(contacts)
          .map(({ of, at }) => [of, at]),
      ),
  );
  const consents = once(() => Map.groupBy(consentsOn(db).all(contacts), ({ of }) => of));
  const recent = once(() =>
    Map.groupBy(inCampaign(db).all(contacts, campaignId, after(now, -WEEK_MS)), ({ of }) => of),
  );
  const rung = once(() => Map.groupBy(onNumbers(db).all(numbers), ({ of }) => of));
  const listed = once(() => listedIn(db, rows));
  return {
    ...lookupsForOne(db),
    leftAlone: (e164, whose) => listed().leftAlone(e164, whose),
    heldSince: (e164) => held().get(e164) ?? null,
    lastAttempt: (contactId) => lasts().get(contactId) ?? null,
    attemptsIn: (_, contactId) => recent().get(contactId)?.map(instantOf) ?? NONE,
    attemptsOn: (e164, since) =>
      rung()
        .get(e164)
        ?.map(instantOf)
        .filter((at) => at > since) ?? NONE,
    consents: (contactId): Subject['consents'] => asConsents(consents().get(contactId) ?? []),
  };
}

const NONE: readonly Instant[] = [];

interface At<Of> {
  readonly of: Of;
  readonly at: Instant;
}

function instantOf({ at }: { at: Instant }): Instant {
  return at;
}

const heldNow = reading<At<E164>>(
  'SELECT to_e164 AS of, intended_at AS at FROM attempts WHERE closed_at IS NULL',
);

// CROSS JOIN keeps the order: as many seeks as there are contacts on the page, never a walk through the attempts.
const lastOn = reading<At<number>>(`
  SELECT j.value AS of, (SELECT a.intended_at FROM attempts a
    WHERE a.contact_id = j.value AND ${RANG} ORDER BY a.intended_at DESC LIMIT 1) AS at
  FROM json_each(?) AS j WHERE at IS NOT NULL`);

const inCampaign = reading<At<number>>(`
  SELECT a.contact_id AS of, a.intended_at AS at FROM json_each(?) AS j CROSS JOIN attempts a
  WHERE a.contact_id = j.value AND +a.campaign_id = +? AND a.intended_at > +? AND ${RANG} ORDER BY a.intended_at`);

const onNumbers = reading<At<E164>>(`
  SELECT a.to_e164 AS of, a.intended_at AS at FROM (SELECT DISTINCT value FROM json_each(?)) AS j
  CROSS JOIN attempts a WHERE a.to_e164 = j.value AND ${RANG} ORDER BY a.intended_at`);

const consentsOn = reading<At<number> & { kind: string }>(`
  SELECT c.contact_id AS of, c.kind, c.given_at AS at FROM json_each(?) AS j CROSS JOIN consents c
  WHERE c.contact_id = j.value AND c.revoked_at IS NULL`);

/** Everything on the do-not-call list that may concern somebody on the page, and who shares a number. */
function listedIn(db: ReadDb, rows: readonly PagedRow[]): Pick<Lookups, 'leftAlone'> {
  const areRegistries = hasRegistries(db);
  if (anyListed(db).get() === undefined && !areRegistries) return { leftAlone: () => null };
  const keys = new Map<string, readonly [string, string]>();
  for (const { e164, company, email } of rows) {
    if (e164 == null) continue;
    for (const key of keysOf(e164, company, email)) keys.set(key.join(' '), key);
  }
  const found = new Map(
    listedAmong(db)
      .all(JSON.stringify([...keys.values()]))
      .map((entry): [string, DoNotCallFacts] => [`${entry.kind} ${entry.value}`, entry]),
  );
  const shared = new Set(
    sharedAmong(db)
      .all(JSON.stringify(rows.flatMap(({ e164 }) => e164 ?? [])))
      .map(({ of }) => of),
  );
  return {
    leftAlone(e164, whose) {
      // Whoever shares the number may be the one on the list.
      if (shared.has(e164)) return leftAloneAt(db, e164, whose);
      const key =
        found.size === 0
          ? undefined
          : keysOf(e164, whose.company, whose.email).find((each) => found.has(each.join(' ')));
      if (key !== undefined) return found.get(key.join(' '))!;
      return areRegistries ? inRegistry(db, e164) : null;
    },
  };
}

const anyListed = reading<{ id: number }>('SELECT id FROM do_not_call LIMIT 1');

const listedAmong = reading<DoNotCallFacts>(`
  SELECT d.kind, d.value, d.reason, d.since FROM json_each(?) AS k
  CROSS JOIN do_not_call AS d ON d.kind = k.value ->> 0 AND d.value = k.value ->> 1`);

const sharedAmong = reading<{ of: E164 }>(`
  SELECT j.value AS of FROM (SELECT DISTINCT value FROM json_each(?)) AS j
  WHERE (SELECT count(*) FROM contact_numbers n WHERE n.e164 = j.value) > 1`);

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | null = null;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}
