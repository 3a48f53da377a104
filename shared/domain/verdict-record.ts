import type { Instant } from '../lib/instants.ts';
import { zoneRelease } from '../lib/zones/table.ts';
import { type RecordingManner, recordingPolicy } from './law/recording.ts';
import type { Mode, Purpose } from './law/rule.ts';
import type { Places } from './places/places.ts';
import type { RuleId, Values } from './verdict-rule.ts';
import { type Subject, findingsOn } from './verdict.ts';
import type { Clue } from './whereabouts.ts';

/**
 * What a call was begun on, kept with its attempt: which rules were asked, what they saw, where the person was
 * thought to be and by what, and which text of the law said so. Whoever asks years later reads it here.
 */
export interface DecisionRecord {
  readonly kind: 'ring';
  readonly at: Instant;
  /** The release of the zone data, and why it was not relied on to the hour; null where it was. */
  readonly zoneData: string;
  readonly zoneDoubt: string | null;
  readonly call: { readonly mode: Mode; readonly purpose: Purpose; readonly voice: Subject['call']['voice'] };
  readonly places: Places & { readonly clues: readonly Clue[] };
  readonly rules: Readonly<Partial<Record<RuleId, Values>>>;
  /** The ids of the rules of law that drew a line. */
  readonly law: readonly string[];
  readonly recording: RecordingDecision;
  /** The rules that a supervisor set aside for this call. */
  readonly setAside?: NonNullable<Subject['setAside']>;
}

export interface RecordingDecision {
  readonly isAllowed: boolean;
  readonly manner: RecordingManner;
  readonly because: readonly string[];
  readonly consentSince: Instant | null;
}

export function recordOf(
  subject: Subject,
  now: Instant,
  clues: readonly Clue[],
  recording: RecordingDecision,
): DecisionRecord {
  const findings = findingsOn(subject, now);
  return {
    kind: 'ring',
    at: now,
    zoneData: zoneRelease(),
    zoneDoubt: subject.law.doubt,
    call: subject.call,
    places: { ...subject.number.places, clues },
    rules: Object.fromEntries(findings.map(({ rule, values }) => [rule, values])),
    law: [...new Set(findings.flatMap(({ law }) => law.map(({ id }) => id)))],
    recording,
    ...(subject.setAside === undefined ? {} : { setAside: subject.setAside }),
  };
}

/**
 * Whether a call may be recorded: where either end’s law asks for the other’s agreement, or for a word before it
 * begins, only with a consent that was given beforehand. Nobody reads anything out for us.
 */
export function recordingDecision(
  { law, number }: Pick<Subject, 'law' | 'number'>,
  agent: Places,
  consentSince: Instant | null,
  now: Instant,
): RecordingDecision {
  const { manner, because } = recordingPolicy(law, number.places, agent, now);
  const isAllowed = manner === 'free' || (manner !== 'off' && consentSince !== null);
  return { isAllowed, manner, because: because.map(({ id }) => id), consentSince };
}
