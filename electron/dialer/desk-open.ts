import { attemptIn } from '../../shared/domain/session.ts';
import { startWrapUp } from '../../shared/domain/wrap-up.ts';
import { agentById } from '../store/agents.ts';
import { campaignById } from '../store/campaigns.ts';
import { dispositionsOf, offeredToAgents } from '../store/dispositions.ts';
import { putBack } from '../store/enrolments.ts';
import { type SessionRow, endSession } from '../store/sessions.ts';
import { type DeskParts, type Work, turn } from './work.ts';

/** Said on the screen when a session comes back after a crash or a restart. */
const RECOVERED = 'recovered after a restart';

/** A session from its row: what the kernel holds of it while it runs. Null where its campaign or its agent is gone. */
export function openWork(parts: DeskParts, row: SessionRow): Work | null {
  const campaign = campaignById(parts.db, row.campaignId);
  const agent = agentById(parts.db, row.agentId);
  if (campaign === null || agent === null) return null;
  return {
    id: row.id,
    agentId: row.agentId,
    agentName: agent.name,
    mode: row.mode,
    campaign,
    dispositions: offeredToAgents(dispositionsOf(parts.db, campaign.id)),
    face: { state: row.state, pauseAfter: row.pauseAfter },
    since: row.since,
    isMuted: row.mutedAttempt !== null && row.mutedAttempt === attemptIn(row.state),
    hangUpWanted: false,
    timer: null,
    undo: null,
    waiting: null,
    cancelAlarm: null,
    rest: null,
  };
}

/** A session found open at the start: its call goes on, and nothing new rings until the agent says so. */
export function recover(parts: DeskParts, row: SessionRow): Work | null {
  const work = openWork(parts, row);
  if (work === null) {
    endSession(parts.db, row.id, parts.clock.now());
    return null;
  }
  const { state } = work.face;
  if (state.kind === 'previewing') putBack(parts.db, state.enrolmentId);
  turn(parts, work, { kind: 'recovered', reason: RECOVERED });
  if (work.face.state.kind === 'wrap-up')
    work.timer = startWrapUp(parts.clock.now(), work.campaign.rules.wrapUpMs);
  return work;
}
