import type { DeskView } from '../../shared/contract/desk.ts';
import type { Answer, RefusalCode } from '../../shared/contract/wire.ts';
import type { Campaign, DialMode } from '../../shared/domain/campaign.ts';
import type { Enrolment } from '../../shared/domain/contact.ts';
import type { DispositionKind } from '../../shared/domain/disposition.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import { type SessionEvent, type SessionFace, step } from '../../shared/domain/session.ts';
import type { WrapUpTimer } from '../../shared/domain/wrap-up.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import type { Random } from '../../shared/lib/random.ts';
import type { Carrier } from '../carriers/carrier.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { saveFace } from '../store/sessions.ts';
import type { Rest } from './carrier-rest.ts';

/** What the dialer is built on, handed in once. */
export interface DeskParts {
  readonly db: Db;
  readonly carrier: Carrier;
  readonly clock: Clock;
  readonly random: Random;
  readonly home: Home;
  /** The law that every call goes by. */
  readonly law: LawBook;
  /** Told after every change to an agent's desk. */
  readonly changed: (agentId: number) => void;
  readonly log: (line: string, error?: unknown) => void;
}

/** Where the workspace is at home: what a number without `+` means, and when its day begins. */
export interface Home {
  readonly country: string;
  readonly zone: string;
  /** Such as `US-CA`: its law counts for recording at our end. Null or left out where nobody said. */
  readonly state?: string | null | undefined;
}

/** One agent's session as the kernel holds it. What must outlive a crash is in the store as well. */
export interface Work {
  readonly id: number;
  readonly agentId: number;
  readonly agentName: string;
  readonly mode: DialMode;
  campaign: Campaign;
  dispositions: readonly DispositionKind[];
  face: SessionFace;
  since: Instant;
  isMuted: boolean;
  /** The agent hung up before the carrier had named the call. */
  hangUpWanted: boolean;
  timer: WrapUpTimer | null;
  undo: Undo | null;
  waiting: DeskView['waiting'];
  cancelAlarm: (() => void) | null;
  /** The carrier takes no calls just now: nobody is staged until then. */
  rest: Rest | null;
}

/** What is needed to take an outcome back. Lives as long as its toast; a crash makes the outcome final. */
export interface Undo {
  readonly attemptId: string;
  readonly label: string;
  readonly name: string;
  readonly until: Instant;
  /** The enrolment as it was in wrap-up. */
  readonly before: Enrolment | null;
  /** Whether the number might be rung before the outcome said otherwise. */
  readonly wasUsable: boolean;
}

/** Takes the session one step further, on disk first. False where the event means nothing in this state. */
export function turn(parts: DeskParts, work: Work, event: SessionEvent): boolean {
  const face = step(work.face, event);
  if (face === null) return false;
  const now = parts.clock.now();
  saveFace(parts.db, work.id, face, now);
  if (face.state.kind !== work.face.state.kind) work.since = now;
  work.face = face;
  return true;
}

/** One transaction; when it fails the session is again what it was, in memory as on disk. */
export function together<T>(
  parts: DeskParts,
  work: Work,
  deed: () => T extends PromiseLike<unknown> ? never : T,
): T {
  const { face, since } = work;
  try {
    return withTransaction(parts.db, deed);
  } catch (error) {
    Object.assign(work, { face, since });
    throw error;
  }
}

export const done: Answer<null> = { ok: true, value: null };

export function cannot(sentence: string, code: RefusalCode = 'not-now'): Answer<null> {
  return { ok: false, error: { code, sentence } };
}
