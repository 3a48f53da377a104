import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import { type ReportQuestion, questionTrouble } from '../../shared/domain/report.ts';
import { mayDo } from '../../shared/domain/people.ts';
import { zoneNames } from '../../shared/lib/zones/offsets.ts';
import { localTime } from '../../shared/lib/zoned-time.ts';
import type { Kernel } from '../kernel.ts';
import { reportCsv } from '../reports/report-csv.ts';
import { reportTables } from '../reports/report-tables.ts';
import { agentById, agentsHere } from '../store/agents.ts';
import { appendAudit } from '../store/audit.ts';
import { campaignById, campaignsOf } from '../store/campaigns.ts';
import { refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, within } from './within.ts';

/** Reports: for supervisors of everybody, for agents of themselves. */
export function reportsHandlers(rooms: Rooms): ParleyHandlers<unknown>['reports'] {
  const asked = (question: ReportQuestion): ReportQuestion => {
    const { person } = rooms.seat;
    return mayDo(person, 'supervisor') ? question : { ...question, agentId: person?.id ?? question.agentId };
  };
  const made = (kernel: Kernel, question: ReportQuestion) =>
    kernel.reports.make(asked(question), { now: kernel.clock.now(), zone: kernel.home.zone });
  return {
    choices: () =>
      within(rooms, ({ db, clock, home }) => {
        const { person } = rooms.seat;
        const isWhole = mayDo(person, 'supervisor');
        return ok({
          zone: home.zone,
          today: localTime(clock.now(), home.zone).date,
          zones: [...zoneNames()].sort(),
          campaigns: campaignsOf(db).map(({ id, name }) => ({ id, name })),
          agents: agentsHere(db)
            .filter(({ id }) => isWhole || id === person?.id)
            .map(({ id, name }) => ({ id, name })),
        });
      }),
    read: (question) =>
      within(rooms, async (kernel) => {
        const trouble = questionTrouble(question);
        return trouble === null ? ok(await made(kernel, question)) : refuse('bad-arguments', trouble);
      }),
    csv: (question) =>
      within(rooms, async (kernel) => {
        const trouble = questionTrouble(question);
        if (trouble !== null) return refuse('bad-arguments', trouble);
        const { db, clock } = kernel;
        const report = await made(kernel, question);
        const { campaignId, agentId } = asked(question);
        const about = {
          campaign: campaignId === null ? 'All' : (campaignById(db, campaignId)?.name ?? ''),
          agent: agentId === null ? 'All' : (agentById(db, agentId)?.name ?? ''),
        };
        const line = { at: clock.now(), agentId: rooms.seat.person?.id ?? null, action: 'report.exported' };
        const after = { from: question.from, to: question.to };
        appendAudit(db, { ...line, subject: 'report', subjectId: null, before: null, after });
        const name = `report-${question.from}-to-${question.to}.csv`;
        return ok({ name, text: reportCsv(reportTables(report, question, about)) });
      }),
  };
}
