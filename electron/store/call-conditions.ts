import { type CallFilter, type CallToken, spanOf } from '../../shared/domain/call-filter.ts';
import { never } from '../../shared/lib/assert.ts';
import { offsetsOf } from '../../shared/lib/zoned-time.ts';
import { type Bind, type FilterHome, escaped, numberIn } from './contact-results.ts';
import { tookMs } from './report-insights.ts';
import { IS_TALK } from './report-sums.ts';
import { asWords } from './transcripts.ts';

/** Which calls `c` a filter finds, in SQL; null where it finds all. What is typed is bound, never spliced in. */
export interface Conditions {
  readonly where: string | null;
  readonly bound: Readonly<Record<string, string | number>>;
}

export function conditionsFor(filter: CallFilter, home: FilterHome): Conditions {
  const bound: Record<string, string | number> = {};
  const bind: Bind = (value) => {
    const name = `v${Object.keys(bound).length}`;
    bound[name] = value;
    return `+:${name}`;
  };
  const tokens = filter.tokens.map(({ isNot, means }) => {
    const condition = conditionOf(means, home, bind);
    // What is not known is not so: a call without an agent is by none of those left out.
    return isNot ? `NOT ifnull((${condition}), 0)` : condition;
  });
  const all = [...wordsIn(filter, home, bind), ...tokens];
  return { where: all.length === 0 ? null : all.join(' AND '), bound };
}

function wordsIn({ words, phrases }: CallFilter, { callingCode }: FilterHome, bind: Bind): string[] {
  const found: string[] = [];
  const typed = words.join(' ');
  if (typed !== '') {
    const query = asWords(typed);
    const from = numberIn(typed, callingCode);
    const either = [
      ...(query === '' ? [] : [IN_NOTES(bind(query)), SAID(bind(query)), WITH(bind(query))]),
      ...(from === null ? [] : [TO_NUMBER(bind(from), bind(`${from}:`))]),
    ];
    // Signs without a letter or digit find no call, and must not find all of them.
    found.push(either.length === 0 ? '0' : `c.id IN (${either.join(' UNION ')})`);
  }
  for (const phrase of phrases) {
    const each = asWords(phrase);
    const inARow = `"${phrase.replaceAll('"', '')}"`;
    if (each === '') found.push('0');
    else
      found.push(`c.id IN (${IN_NOTES(bind(inARow))} UNION ${SAID(bind(inARow))} UNION
        SELECT w.id FROM calls w CROSS JOIN contacts p ON p.id = w.contact_id WHERE w.id IN (${WITH(bind(each))})
          AND p.name || ' ' || p.company LIKE ${bind(`%${escaped(phrase)}%`)} ESCAPE '\\')`);
  }
  return found;
}

const IN_NOTES = (
  query: string,
) => `SELECT ifnull(o.call_id, (SELECT w.id FROM calls w WHERE w.attempt_id = o.attempt_id))
  FROM note_search n CROSS JOIN outcomes o ON o.id = n.rowid
  WHERE note_search MATCH ${query} AND o.undone_at IS NULL`;

const SAID = (
  query: string,
) => `SELECT s.call_id FROM transcript_search t CROSS JOIN transcript_segments s ON s.id = t.rowid
  WHERE transcript_search MATCH ${query}`;

/** Calls with somebody whose name or company has the words. */
const WITH = (
  query: string,
) => `SELECT w.id FROM contact_search f CROSS JOIN calls w ON w.contact_id = f.rowid
  WHERE contact_search MATCH ${query}`;

/** By the attempts, which have an index of their numbers; calls without one came from elsewhere. */
const TO_NUMBER = (from: string, until: string) => `SELECT w.id FROM attempts t CROSS JOIN calls w
    ON w.attempt_id = t.id WHERE t.to_e164 >= ${from} AND t.to_e164 < ${until}
  UNION SELECT w.id FROM calls w WHERE w.attempt_id IS NULL
    AND ((w.from_number >= ${from} AND w.from_number < ${until})
      OR (w.to_number >= ${from} AND w.to_number < ${until}))`;

/** A filter cannot hold a quotation mark, and a name can: it is looked for without. */
const NAMED = (name: string, column = 'name') => `replace(${column}, '"', '') = ${name} COLLATE NOCASE`;

function conditionOf(token: CallToken, home: FilterHome, bind: Bind): string {
  switch (token.kind) {
    case 'agent':
      return `c.agent_id IN (SELECT id FROM agents WHERE ${NAMED(bind(token.name))})`;
    case 'campaign':
      return `c.campaign_id IN (SELECT id FROM campaigns WHERE ${NAMED(bind(token.name))})`;
    case 'list':
      return `c.contact_id IN (SELECT p.id FROM lists l CROSS JOIN contacts p ON p.list_id = l.id
        WHERE ${NAMED(bind(token.name), 'l.name')})`;
    case 'outcome':
      return outcomeIs(token.name, bind);
    case 'status':
      return STATUSES[token.status];
    case 'longer':
      return `c.seconds > ${bind(token.seconds)}`;
    case 'shorter':
      return `c.seconds < ${bind(token.seconds)}`;
    case 'score':
      return `c.score BETWEEN ${bind(token.from)} AND ${bind(token.to)}`;
    case 'on':
    case 'before':
    case 'after':
      return inDays(token, home, bind);
    case 'has':
      return HAS[token.what];
    case 'number': {
      const from = numberIn(token.digits, home.callingCode) ?? token.digits;
      return `c.id IN (${TO_NUMBER(bind(from), bind(`${from}:`))})`;
    }
    case 'hour':
      return inHour(token, home, bind);
    case 'inbound':
      return "c.direction = 'inbound'";
    case 'sentiment':
      return `c.id IN (SELECT m.call_id FROM call_meanings m WHERE m.sentiment = ${bind(token.sentiment)})`;
    case 'temperature':
      return `c.contact_id IN (SELECT l.contact_id FROM contact_outlooks l WHERE l.temperature = ${bind(token.temperature)})`;
    case 'stage':
      return `c.contact_id IN (SELECT l.contact_id FROM contact_outlooks l WHERE l.stage = ${bind(token.stage)})`;
    case 'answered-by':
      return ANSWERED[token.who];
    case 'contact':
      return `c.contact_id = ${bind(token.id)}`;
    case 'script':
      return `EXISTS (SELECT 1 FROM outcomes o JOIN disposition_kinds k ON k.id = o.disposition_id AND k."group" <> 'not-reached'
        WHERE o.attempt_id = c.attempt_id AND o.undone_at IS NULL AND o.script_id = ${bind(token.id)})`;
    case 'waited':
      return `${tookMs(token.step)} >= ${bind(token.ms)}`;
    default:
      return never(token);
  }
}

/** An outcome that was filed before the call was known has no call; its attempt has. */
function outcomeIs(name: string, bind: Bind): string {
  if (name.toLowerCase() === 'none')
    return `c.status = 'ended' AND c.attempt_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.attempt_id = c.attempt_id AND o.undone_at IS NULL)`;
  const kinds = `SELECT id FROM disposition_kinds WHERE ${NAMED(bind(name), 'label')}`;
  return `c.id IN (
    SELECT o.call_id FROM outcomes o
      WHERE o.call_id IS NOT NULL AND o.undone_at IS NULL AND o.disposition_id IN (${kinds})
    UNION ALL SELECT w.id FROM outcomes o CROSS JOIN calls w ON w.attempt_id = o.attempt_id
      WHERE o.call_id IS NULL AND o.undone_at IS NULL AND o.disposition_id IN (${kinds}))`;
}

function inDays(
  { kind, days }: Extract<CallToken, { kind: 'on' | 'before' | 'after' }>,
  { now, zone }: FilterHome,
  bind: Bind,
): string {
  const { from, until } = spanOf(days, now, zone);
  if (kind === 'before') return `c.started_at < ${bind(from)}`;
  if (kind === 'after') return `c.started_at >= ${bind(from)}`;
  return `c.started_at >= ${bind(from)} AND c.started_at < ${bind(until)}`;
}

/** Hours of the week that have passed since a Monday at midnight, by a clock that is set now and then. */
function inHour(
  { weekday, hour, zone }: Extract<CallToken, { kind: 'hour' }>,
  home: FilterHome,
  bind: Bind,
): string {
  const [first, ...later] = offsetsOf(zone ?? home.zone).filter(
    ({ from }, nth) => nth === 0 || from <= home.now,
  );
  const offset = later
    .toReversed()
    .map(({ from, offsetMs }) => `WHEN c.started_at >= ${from} THEN ${offsetMs}`)
    .join(' ');
  const usual = first?.offsetMs ?? 0;
  const local = offset === '' ? String(usual) : `CASE ${offset} ELSE ${usual} END`;
  // The first hour of 1970 was one of a Thursday.
  return `((c.started_at + ${local}) / 3600000 + 72) % 168 = ${bind((weekday - 1) * 24 + hour)}`;
}

const STATUSES = {
  calling: "c.status IN ('queued', 'ringing')",
  'in-progress': "c.status = 'in-progress'",
  completed: "c.status = 'ended' AND c.ending = 'completed'",
  failed: "c.status = 'ended' AND ifnull(c.ending, '') NOT IN ('completed', 'canceled')",
  cancelled: "c.status = 'ended' AND c.ending = 'canceled'",
  busy: "c.status = 'ended' AND c.ending = 'busy'",
  'no-answer': "c.status = 'ended' AND c.ending = 'no-answer'",
} as const;

const ANSWERED = {
  human: "c.answered_at IS NOT NULL AND c.answered_by = 'human'",
  machine: "c.answered_at IS NOT NULL AND c.answered_by LIKE 'machine%'",
  fax: "c.answered_at IS NOT NULL AND c.answered_by = 'fax'",
  unknown: "c.answered_at IS NOT NULL AND ifnull(c.answered_by, 'unknown') = 'unknown'",
} as const;

const HAS = {
  recording: `c.id IN (SELECT r.call_id FROM recordings r WHERE r.state NOT IN ('deleted', 'held-back')
    UNION SELECT w.id FROM calls w WHERE w.recording_ref IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM recordings r WHERE r.call_id = w.id AND r.state IN ('deleted', 'held-back')))`,
  transcript: 'EXISTS (SELECT 1 FROM transcript_segments s WHERE s.call_id = c.id)',
  note: `EXISTS (SELECT 1 FROM outcomes o WHERE o.attempt_id = c.attempt_id AND o.undone_at IS NULL AND o.note <> '')`,
  outcome: 'EXISTS (SELECT 1 FROM outcomes o WHERE o.attempt_id = c.attempt_id AND o.undone_at IS NULL)',
  answer: 'c.answered_at IS NOT NULL',
  talk: IS_TALK,
  reached: `EXISTS (SELECT 1 FROM outcomes o WHERE o.attempt_id = c.attempt_id AND o.undone_at IS NULL
    AND o.disposition_id IN (SELECT id FROM disposition_kinds WHERE "group" = 'reached'))`,
  success: `EXISTS (SELECT 1 FROM outcomes o WHERE o.attempt_id = c.attempt_id AND o.undone_at IS NULL
    AND o.disposition_id IN (SELECT id FROM disposition_kinds WHERE is_success = 1))`,
} as const;
