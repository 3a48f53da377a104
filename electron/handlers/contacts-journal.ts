import type { JournalEntry } from '../../shared/contract/contacts.ts';
import { type E164, showPhone } from '../../shared/domain/phone.ts';
import { never } from '../../shared/lib/assert.ts';
import { instant } from '../../shared/lib/instants.ts';
import { type JournalFact, journalOf } from '../store/contact-journal.ts';
import type { ReadDb } from '../store/open.ts';

const PAGE = 50;

/** What happened with a person, in words, the latest first. */
export function journalPage(
  db: ReadDb,
  contactId: number,
  before: string | null,
  country: string,
): { rows: JournalEntry[]; next: string | null } {
  const from = instant(before === null ? Number.MAX_SAFE_INTEGER : Number(before) || 0);
  const facts = journalOf(db, contactId, from, PAGE + 1);
  // Those of one instant stay together: a page ends between instants.
  const isMore = facts.length > PAGE;
  const last = facts[PAGE]?.at;
  const whole = isMore ? facts.filter(({ at }) => at > last!) : facts;
  const shown = whole.length > 0 ? whole : facts;
  return {
    rows: shown.map((fact) => ({
      key: `${fact.source}-${fact.ref}`,
      at: fact.at,
      who: fact.who ?? '',
      ...told(fact, country),
    })),
    next: isMore ? String(shown.at(-1)!.at) : null,
  };
}

type Told = Pick<JournalEntry, 'kind' | 'title' | 'detail'>;

function told(fact: JournalFact, country: string): Told {
  const { a, b, c, n } = fact;
  const phone = (e164: string | null) => (e164 === null ? '' : showPhone(e164 as E164, country));
  switch (fact.source) {
    case 'call':
      return {
        kind: 'call',
        title: `${a === 'inbound' ? 'They called' : 'Called'}: ${ENDS[b ?? ''] ?? 'under way'}`,
        detail: [phone(c), n === null ? '' : lengthText(n)].filter(Boolean).join(', '),
      };
    case 'attempt':
      return { kind: 'call', title: 'A call that was not placed', detail: b ?? phone(c) };
    case 'outcome':
      return {
        kind: 'outcome',
        title: `${a ?? 'Outcome'}${n === null ? '' : ', taken back'}`,
        detail: [c ?? '', b ?? ''].filter(Boolean).join(': '),
      };
    case 'callback':
      return {
        kind: 'callback',
        title: `Callback promised, ${CALLBACKS[a ?? ''] ?? a ?? ''}`,
        detail: b ?? '',
      };
    case 'consent':
      return {
        kind: 'consent',
        title: `Agreed to ${CONSENTS[a ?? ''] ?? a}`,
        detail: `${b ?? ''}${c ? `, ${c}` : ''}`,
      };
    case 'revoked':
      return {
        kind: 'consent',
        title: `Took back: ${CONSENTS[a ?? ''] ?? a}`,
        detail: `${b ?? ''}${c ? `, ${c}` : ''}`,
      };
    case 'do-not-call':
      return {
        kind: 'do-not-call',
        title: `${phone(a)} is never called`,
        detail: [b ?? '', c ?? ''].filter(Boolean).join(', '),
      };
    case 'added':
      return {
        kind: 'list',
        title: a === null ? 'Added' : `Added with the list ${a}`,
        detail: b ?? '',
      };
    case 'audit':
      return { kind: 'edit', title: EDITS[a ?? ''] ?? 'Changed', detail: changesIn(b, c) };
    default:
      return never(fact.source);
  }
}

const ENDS: Readonly<Record<string, string>> = {
  completed: 'answered',
  busy: 'busy',
  'no-answer': 'no answer',
  failed: 'failed',
  canceled: 'called off',
};
const CALLBACKS: Readonly<Record<string, string>> = {
  open: 'still open',
  kept: 'kept',
  missed: 'missed',
  cancelled: 'called off',
};
const CONSENTS: Readonly<Record<string, string>> = {
  call: 'being called',
  'ai-voice': 'a machine’s voice',
  recording: 'being recorded',
};
const EDITS: Readonly<Record<string, string>> = {
  'contact.change': 'Details changed',
  'contact.number-added': 'Number added',
  'contact.number-starred': 'Number chosen to ring first',
  'contact.number-removed': 'Number removed',
  'contact.tags': 'Tags set',
};

/** `place: Salem, OR → Portland, OR`. */
function changesIn(before: string | null, after: string | null): string {
  const [was, is] = [objectIn(before), objectIn(after)];
  return Object.entries(is)
    .map(([key, value]) => {
      const old = typeof was[key] === 'string' ? was[key] : '';
      if (typeof value !== 'string') return key;
      return old === '' ? `${key}: ${value}` : `${key}: ${old} → ${value}`;
    })
    .join(', ');
}

function objectIn(text: string | null): Readonly<Record<string, unknown>> {
  const value: unknown = text === null ? null : JSON.parse(text);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function lengthText(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
