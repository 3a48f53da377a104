import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { CampaignStanding, Computer } from '../../shared/contract/standing.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { attemptStatus } from '../../shared/domain/attempt-status.ts';
import { breakNow } from '../dialer/breaks.ts';
import { startOfDay } from '../dialer/day-counter.ts';
import { changeNotices, noticeSettings } from '../dialer/tidings.ts';
import type { Host } from '../host.ts';
import type { Kernel } from '../kernel.ts';
import { openAttempts } from '../store/attempts.ts';
import { callOfAttempt } from '../store/calls.ts';
import { keptCampaign } from '../store/campaigns.ts';
import { enrolmentCounts } from '../store/enrolments.ts';
import { type Db, inOneReading } from '../store/open.ts';
import { campaignEnds } from '../store/standing-figures.ts';
import { audited } from './audited.ts';
import { noWorkspace, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';

/** What the engine does, the one switch that stops all of it, and what this computer does for Parley. */
export function standingHandlers(rooms: Rooms): ParleyHandlers<unknown>['standing'] {
  const { seat, host } = rooms;
  const within = <T>(run: (kernel: Kernel) => Answer<T>): Answer<T> =>
    seat.kernel === null ? noWorkspace : run(seat.kernel);
  const after = (deed: (kernel: Kernel) => void) =>
    within((kernel) => {
      deed(kernel);
      return { ok: true, value: kernel.standing() };
    });

  return {
    now: () => within((kernel) => ({ ok: true, value: kernel.standing() })),
    pauseAll: () => after((kernel) => kernel.pauseAll(seat.person!)),
    resumeAll: () => after((kernel) => kernel.resumeAll(seat.person!)),
    ofCampaign: ({ id }) =>
      within((kernel) =>
        keptCampaign(kernel.db, id) === null
          ? refuse('not-found', 'This campaign is gone.')
          : { ok: true, value: inOneReading(kernel.db, () => campaignStanding(kernel, id)) },
      ),
    computer: () => within(({ db }) => ({ ok: true, value: computerOf(db, host) })),
    setComputer: ({ opensAtLogin, ...change }) =>
      within(({ db }) => {
        if (opensAtLogin !== undefined && host.loginItem?.set(opensAtLogin) !== true)
          return refuse('not-now', `Nothing was changed. ${loginSentence(host)}`);
        const before = computerOf(db, host);
        const about = { action: 'computer.change', subject: 'computer', subjectId: null };
        audited(rooms, { ...about, before, after: { opensAtLogin, ...change } }, () =>
          changeNotices(db, change),
        );
        return { ok: true, value: computerOf(db, host) };
      }),
  };
}

function campaignStanding({ db, clock, home }: Kernel, id: number): CampaignStanding {
  const open = openAttempts(db).filter(({ campaignId }) => campaignId === id);
  const now = open.map((attempt) => attemptStatus(attempt, callOfAttempt(db, attempt.id)));
  const count = (status: string) => now.filter((each) => each === status).length;
  const broken = breakNow(db, id);
  return {
    statuses: {
      scheduled: enrolmentCounts(db, id).open,
      calling: count('calling'),
      'in-progress': count('in-progress'),
      ...campaignEnds(db, id, startOfDay({ home }, clock.now())),
    },
    breaker:
      broken === null
        ? null
        : {
            ...broken,
            evidence: broken.evidence.map(({ at, trouble }) => ({ at, sentence: trouble ?? '' })),
          },
  };
}

function computerOf(db: Db, host: Host): Computer {
  return {
    ...noticeSettings(db),
    opensAtLogin: host.loginItem?.isOn() ?? null,
    loginSentence: loginSentence(host),
  };
}

function loginSentence({ loginItem, kind }: Host): string {
  if (loginItem !== null) return 'Parley opens out of sight when you log in, and is in the tray.';
  return kind === 'electron'
    ? 'This system keeps no list of what opens at log-in, or does not let Parley change it.'
    : 'In a browser Parley cannot open by itself. Start it from your system’s own list of what opens at log-in.';
}
