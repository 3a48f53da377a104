import type { DeskView } from '../../shared/contract/desk.ts';
import { instant } from '../../shared/lib/instants.ts';

type State = NonNullable<DeskView['session']>['state'];

export const NOON = instant(1_700_000_000_000);

interface DeskWishes {
  state?: State;
  name?: string;
  pauseAfter?: string | null;
  wrapUpEndsAt?: number | null;
  call?: Partial<NonNullable<DeskView['call']>>;
  undo?: DeskView['undo'];
  note?: string;
  dials?: number;
}

/** A desk for tests that says only what matters. */
export function aDesk({
  state,
  name,
  pauseAfter,
  wrapUpEndsAt,
  call,
  undo,
  note,
  dials,
}: DeskWishes): DeskView {
  return {
    session:
      state === undefined
        ? null
        : {
            id: 1,
            campaignId: 1,
            campaign: 'Practice',
            mode: 'power',
            state,
            since: NOON,
            pauseAfter: pauseAfter ?? null,
            wrapUpEndsAt: wrapUpEndsAt == null ? null : instant(wrapUpEndsAt),
          },
    contact: name === undefined ? null : ({ name, attemptsMax: 6 } as DeskView['contact']),
    call: call === undefined ? null : ({ nth: 2, number: '', answeredAt: null, ...call } as DeskView['call']),
    line: null,
    can: { hold: true, mute: true, tones: true, transfer: true, voicemailDrop: true },
    script: [],
    dispositions: [],
    draft:
      note === undefined
        ? null
        : {
            attemptId: 'a',
            note,
            dispositionId: null,
            callback: '',
            anyoneMayCall: false,
            answers: {},
            ticked: [],
            savedAt: NOON,
          },
    nextUp: [],
    waiting: null,
    undo: undo ?? null,
    missing: [],
    today: { dials: dials ?? 0, talks: 0, talkMs: 0, successes: 0 },
  };
}
