/** The law of calls as data. Every rule says where it holds, since when, and which text says so. */

/** How a call is made. Rules without modes bind all of them. */
export type Mode = 'manual' | 'automatic' | 'recorded';

/** Why we call. Debt collection has limits of its own. */
export type Purpose = 'sales' | 'debt';

export type RuleKind = Rule['kind'];

interface Common {
  readonly id: string;
  /**
   * A country (`US`), a state (`US-FL`), or `*`: everywhere that has no rule of this kind of its own. A
   * supervisor’s own rule may also hold `everywhere`.
   */
  readonly jurisdiction: string;
  readonly citation: string;
  /** The first date on which the rule holds, there; null is always. */
  readonly effectiveFrom: string | null;
  /** The first date on which it no longer holds; null is not known to end. */
  readonly effectiveUntil: string | null;
  /** When somebody last looked. */
  readonly asOf: string;
  /** A: text read. B: sources agree. C: one source, or they differ. K: known, not read again. Or our own. */
  readonly confidence: 'A' | 'B' | 'C' | 'K' | 'policy';
  readonly note: string | null;
  readonly modes?: readonly Mode[];
  readonly purposes?: readonly Purpose[];
  /** Made by a supervisor, to be stricter than the law: it holds beside whatever else does. */
  readonly isOwn?: true;
}

export interface HoursRule extends Common {
  readonly kind: 'hours';
  /** By day or run of days (`mon-fri`), the times that are open; an empty list is a closed day. */
  readonly values: { readonly days: Readonly<Partial<Record<string, readonly string[]>>> };
}

/** What happens when a holiday falls on a weekend. The day itself stays closed as well. */
export type Observed = 'none' | 'sunday-to-monday' | 'nearest-weekday' | 'weekend-to-monday';

export interface ClosedDaysRule extends Common {
  readonly kind: 'closed-days';
  readonly values: { readonly holidays: readonly string[]; readonly observed: Observed };
}

export interface CapRule extends Common {
  readonly kind: 'cap';
  readonly values: {
    /** How many attempts may lie in any `hours` hours; with `after`, in the hours after that event. */
    readonly max: number;
    readonly hours: number;
    readonly counts: 'attempts';
    /** The same called number, organisation and subject, whatever caller number or agent was used. */
    readonly scope: 'number-and-subject';
    readonly after: 'abandoned' | 'refusal' | 'conversation' | null;
    /** Who has agreed to such calls beforehand may get more of them. */
    readonly unless?: 'consent';
  };
}

export interface ConsentRule extends Common {
  readonly kind: 'consent';
  readonly values: { readonly needs: 'express' | 'written'; readonly of: 'consumers' | 'everyone' };
}

export interface RingRule extends Common {
  readonly kind: 'ring';
  /** An unanswered call is not given up before this; where there are rings as well, either will do. */
  readonly values: { readonly secondsMin: number; readonly ringsMin: number | null };
}

export interface AbandonmentRule extends Common {
  readonly kind: 'abandonment';
  readonly values: {
    readonly percentMax: number;
    readonly per: '24-hours' | '30-days' | 'calendar-month';
    /** An agent is there this soon after the greeting, or the call counts as abandoned. */
    readonly connectMs: number;
    readonly message: readonly ('purpose' | 'caller' | 'call-back-number' | 'opt-out')[];
  };
}

export interface RecordingRule extends Common {
  readonly kind: 'recording';
  readonly values: { readonly parties: 'one' | 'all'; readonly manner: 'free' | 'announce' | 'ask' };
}

export interface ScrubAgeRule extends Common {
  readonly kind: 'scrub-age';
  readonly values: {
    readonly list: string;
    /** How old a copy may be; 0 for requests to us, which are obeyed at once. */
    readonly daysMax: number;
    readonly honourDaysMax: number;
    /** Businesses are in it as well; left out, consumers alone. */
    readonly of?: 'everyone';
    /** When somebody says that it was compared; null never, left out where nobody keeps a record of it. */
    readonly comparedAt?: number | null;
    /** Copies that were read in here, each with the beginnings of the numbers it speaks for; none is all of them. */
    readonly copies?: readonly { readonly asOf: number; readonly covers: readonly string[] }[];
  };
}

/** A call is answered inside the hours: it does not begin when its ringing would outlast them. */
export interface AnsweredInsideRule extends Common {
  readonly kind: 'answered-inside';
  readonly values: Record<string, never>;
}

export type Rule =
  | HoursRule
  | ClosedDaysRule
  | CapRule
  | ConsentRule
  | RingRule
  | AbandonmentRule
  | RecordingRule
  | ScrubAgeRule
  | AnsweredInsideRule;

/** A day on which an authority forbids calls. Proclaimed at short notice, so it comes as an update. */
export interface Closure {
  readonly id: string;
  readonly jurisdiction: string;
  /** The first closed date there. */
  readonly from: string;
  /** The first open date; null until further notice. */
  readonly until: string | null;
  readonly citation: string;
  readonly note: string | null;
}

/** What a verdict shows of a rule. */
export interface RuleRef {
  readonly id: string;
  readonly citation: string;
  /** One plain sentence: what the rule says. */
  readonly sentence: string;
}
