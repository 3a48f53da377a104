import {
  type CallEvent,
  type CallStory,
  compareEvents,
  inOrder,
  storyOf,
  toldOn,
} from '../../shared/domain/call.ts';
import {
  type CallOwner,
  eventCount,
  eventsOf,
  saveChange,
  saveStory,
  saveTranscript,
} from '../store/calls.ts';
import type { Db } from '../store/open.ts';

/** What is remembered of a call between two of its events. */
interface Told {
  readonly story: CallStory;
  readonly owner: CallOwner;
  /** The last event in the carrier's order. */
  readonly last: Pick<CallEvent, 'at' | 'key'>;
  /** So many events the story rests on: were there another number on disk, somebody else had added some. */
  readonly count: number;
  /** It had ended before the last event, for all that was remembered of it. */
  readonly hadEnded: boolean;
}

/** Calls whose story is remembered; the one that was heard of longest ago is forgotten first. */
const REMEMBERED_MAX = 200;

/** The stories of calls, told on from event to event. */
export interface Stories {
  /** Puts a call's story on its row after an event of it was kept as the only new one. */
  goOn(db: Db, callId: number, event: CallEvent): Told;
  /** What was done may be undone: whatever is remembered is read again. */
  forget(callId?: number): void;
}

/**
 * Most events come in order, and then a story is only told on: a talk of half an hour brings a hundred of them, each
 * with all that was said so far. In any other case it is told anew from all its events, as if nothing were
 * remembered, so that what comes out is the same.
 */
export function openStories(): Stories {
  const known = new Map<number, Told>();

  const remember = (callId: number, told: Told): Told => {
    known.delete(callId);
    known.set(callId, told);
    for (const oldest of known.keys()) {
      if (known.size <= REMEMBERED_MAX) break;
      known.delete(oldest);
    }
    return told;
  };

  return {
    goOn(db, callId, event) {
      const before = known.get(callId);
      const isNext =
        before !== undefined &&
        compareEvents(before.last, event) < 0 &&
        before.count + 1 === eventCount(db, callId);
      return remember(callId, isNext ? tellOn(db, callId, before, event) : tellAnew(db, callId));
    },
    forget(callId) {
      if (callId === undefined) known.clear();
      else known.delete(callId);
    },
  };
}

function tellAnew(db: Db, callId: number): Told {
  const events = eventsOf(db, callId);
  const story = storyOf(events);
  const owner = saveStory(db, callId, story);
  return { story, owner, last: inOrder(events).at(-1)!, count: events.length, hadEnded: false };
}

function tellOn(db: Db, callId: number, before: Told, event: CallEvent): Told {
  const story = toldOn(before.story, event);
  saveChange(db, callId, before.story, story);
  const { transcript } = event.facts;
  if (transcript !== undefined) saveTranscript(db, callId, transcript, before.story.transcript ?? []);
  return {
    ...before,
    story,
    last: event,
    count: before.count + 1,
    hadEnded: before.story.status === 'ended',
  };
}
