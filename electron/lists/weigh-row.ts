import type { DedupePolicy, Mapping } from '../../shared/domain/list-import.ts';
import type { ReadDb } from '../store/open.ts';
import { contactById } from '../store/contacts.ts';
import type { StagedRow } from '../store/import-staging.ts';
import { everyDoNotCall, everyEmail, everyNumber } from '../store/import-people.ts';
import { hasRegistries, registryWith } from '../store/registries.ts';
import { type Match, type People, matchIn, remember, tidyEmail } from './dedupe.ts';
import { type JudgeTools, type Judged, type MadeContact, judgeRow } from './judge.ts';
import { type KeyIndex, keyIndex, keyOfNumber, keyOfText } from './key-index.ts';

/** Whom we leave alone, in memory: asked once for every number of a file. */
export interface LeftAlone {
  /** Why this contact is left alone, for people; null for one who is not. */
  why(made: MadeContact): string | null;
}

/** Everybody the workspace knows, by number and, where it matters, by e-mail. */
export function peopleHere(db: ReadDb, policy: DedupePolicy): People {
  const numbers = keyIndex();
  for (const { contactId, e164 } of everyNumber(db)) numbers.add(keyOfNumber(e164), contactId);
  const emails = keyIndex();
  if (policy.matchBy.emails) {
    for (const { contactId, email } of everyEmail(db)) emails.add(keyOfText(tidyEmail(email)), contactId);
  }
  const hasEmail = (id: number, email: string) => tidyEmail(contactById(db, id)?.email ?? '') === email;
  return { numbers, emails, hasEmail };
}

export function leftAlone(db: ReadDb): LeftAlone {
  const numbers: KeyIndex = keyIndex();
  const beginnings = new Set<string>();
  const others = new Set<string>();
  for (const { kind, value } of everyDoNotCall(db)) {
    if (kind === 'number') numbers.add(keyOfNumber(value), 1);
    else if (kind === 'area-code') beginnings.add(value);
    else others.add(`${kind}:${value}`);
  }
  // Registers are too long to be held here, and are looked up by number.
  const areRegistries = hasRegistries(db);
  return {
    why({ numbers: own, company, email, consents }) {
      const hasAgreed = consents.some(({ kind }) => kind === 'call');
      for (const { e164 } of own) {
        if (numbers.get(keyOfNumber(e164)) !== null) return `${e164} is on the do-not-call list.`;
        const hit = areRegistries && !hasAgreed ? registryWith(db, e164) : null;
        if (hit !== null) return `${e164} is in the register ${hit.name}.`;
        for (let length = 2; length < e164.length && beginnings.size > 0; length++) {
          if (beginnings.has(e164.slice(0, length)))
            return `Numbers that begin with ${e164.slice(0, length)} are on the do-not-call list.`;
        }
      }
      if (others.size === 0) return null;
      if (others.has(`company:${company.toLowerCase().replace(/\s+/g, ' ')}`))
        return `${company} is on the do-not-call list.`;
      const domain = tidyEmail(email).split('@')[1] ?? '';
      return others.has(`domain:${domain}`) ? `Everybody at ${domain} is on the do-not-call list.` : null;
    },
  };
}

export interface Weighing {
  readonly mapping: Mapping;
  readonly policy: DedupePolicy;
  readonly tools: JudgeTools;
  readonly here: People;
  readonly inFile: People;
  readonly alone: LeftAlone;
}

export type Place = Pick<StagedRow, 'n' | 'line' | 'cells'>;

/** The verdict on one row: by itself, then against the do-not-call list, the file and the workspace. */
export function weighRow(row: Place, weighing: Weighing): StagedRow {
  const { mapping, policy, tools, here, inFile, alone } = weighing;
  const judged = judgeRow(row.cells, mapping, tools);
  const { made } = judged;
  const plain = { ...row, ...staged(judged), made, target: null, isExcluded: false };
  if (made === null) return { ...plain, goes: false };
  const refusal = alone.why(made);
  if (refusal !== null)
    return { ...plain, verdict: 'do-not-call', reason: 'do-not-call', why: refusal, goes: false };
  if (judged.verdict === 'no-zone') return { ...plain, goes: false };
  // Whoever is here already is told as that, also where the file has them twice.
  const twin = matchIn(inFile, made, policy.matchBy);
  if (twin !== null && policy.duplicates === 'skip')
    return { ...plain, verdict: 'duplicate', reason: twin.by, why: twinWhy(twin), goes: false };
  remember(inFile, made, row.n, policy.matchBy);
  const known = matchIn(here, made, policy.matchBy);
  if (known !== null) {
    const target = known.id;
    return {
      ...plain,
      verdict: 'already-here',
      reason: known.by,
      why: hereWhy(known),
      target,
      goes: policy.here !== 'skip',
    };
  }
  return {
    ...plain,
    ...(twin === null ? {} : { verdict: 'duplicate', reason: twin.by, why: twinWhy(twin) }),
    goes: true,
  };
}

function staged({ verdict, reasons, why, column }: Judged) {
  return { verdict, reason: reasons[0] ?? '', why, column };
}

function twinWhy({ id, value }: Match): string {
  return `${value} is in row ${id} of this file already.`;
}

function hereWhy({ value }: Match): string {
  return `${value} belongs to a contact of this workspace already.`;
}
