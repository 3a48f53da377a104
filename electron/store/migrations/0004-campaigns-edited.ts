/** Campaigns that several people edit, figures that are kept, and a contact's own rest apart from its due time. */
export const version = 4;
export const name = 'campaigns-edited';

const IS_REACHED = (row: string) =>
  `(${row}.answered_at IS NOT NULL AND ifnull(${row}.answered_by, 'unknown') IN ('human', 'unknown'))`;

const COUNT = (row: string, value: string, n: string) => `
  INSERT INTO tallies VALUES ('campaign', ${row}.campaign_id, '${value}', ${n})
    ON CONFLICT DO UPDATE SET n = n + excluded.n;`;

const COUNT_OUTCOME = (row: string, n: string) => `
  INSERT INTO tallies VALUES ('outcome', ${row}.campaign_id, ${row}.disposition_id, ${n})
    ON CONFLICT DO UPDATE SET n = n + excluded.n;`;

export const sql = `
ALTER TABLE campaigns ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- The version whose rules every open enrolment was last planned by; behind means that a planning is under way.
ALTER TABLE campaigns ADD COLUMN planned_version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE campaigns ADD COLUMN created_by INTEGER REFERENCES agents (id);
ALTER TABLE campaigns ADD COLUMN deleted_at INTEGER;

-- Until when the contact rests by its own story: an outcome's span, a skip, a promise. due_at may be later.
ALTER TABLE enrolments ADD COLUMN rest_until INTEGER NOT NULL DEFAULT 0;
UPDATE enrolments SET rest_until = due_at;
-- The instant from which the last outcome's span counts; null where something else than a span decides.
ALTER TABLE enrolments ADD COLUMN rest_from INTEGER;
-- Whoever has fallen due is made ready and given a rank in the order the campaign wishes, the lowest first.
ALTER TABLE enrolments ADD COLUMN is_ready INTEGER NOT NULL DEFAULT 0;
ALTER TABLE enrolments ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
-- The parts of the day in which they were tried: 1 in the morning, 2 in the afternoon, 4 in the evening.
ALTER TABLE enrolments ADD COLUMN tried_parts INTEGER NOT NULL DEFAULT 0;
DROP INDEX enrolments_open;
CREATE INDEX enrolments_ready ON enrolments (campaign_id, places, rank) WHERE state = 'open' AND is_ready = 1;
CREATE INDEX enrolments_waiting ON enrolments (campaign_id, places, due_at)
  WHERE state = 'open' AND is_ready = 0;

CREATE TRIGGER calls_counted_in AFTER INSERT ON calls
WHEN NEW.campaign_id IS NOT NULL AND NEW.direction = 'outbound' BEGIN ${COUNT('NEW', 'attempts', '1')}
  ${COUNT('NEW', 'reached', IS_REACHED('NEW'))}
END;
CREATE TRIGGER calls_counted_anew AFTER UPDATE OF answered_at, answered_by ON calls
WHEN NEW.campaign_id IS NOT NULL AND NEW.direction = 'outbound'
  AND ${IS_REACHED('NEW')} <> ${IS_REACHED('OLD')} BEGIN
  ${COUNT('NEW', 'reached', `${IS_REACHED('NEW')} - ${IS_REACHED('OLD')}`)}
END;
CREATE TRIGGER calls_counted_out AFTER DELETE ON calls
WHEN OLD.campaign_id IS NOT NULL AND OLD.direction = 'outbound' BEGIN ${COUNT('OLD', 'attempts', '-1')}
  ${COUNT('OLD', 'reached', `-${IS_REACHED('OLD')}`)}
END;
CREATE TRIGGER outcomes_counted_in AFTER INSERT ON outcomes
WHEN NEW.campaign_id IS NOT NULL AND NEW.undone_at IS NULL BEGIN ${COUNT_OUTCOME('NEW', '1')}
END;
CREATE TRIGGER outcomes_counted_anew AFTER UPDATE OF undone_at ON outcomes
WHEN NEW.campaign_id IS NOT NULL AND (NEW.undone_at IS NULL) <> (OLD.undone_at IS NULL) BEGIN
  ${COUNT_OUTCOME('NEW', '(NEW.undone_at IS NULL) - (OLD.undone_at IS NULL)')}
END;
CREATE TRIGGER outcomes_counted_out AFTER DELETE ON outcomes
WHEN OLD.campaign_id IS NOT NULL AND OLD.undone_at IS NULL BEGIN ${COUNT_OUTCOME('OLD', '-1')}
END;

INSERT INTO tallies SELECT 'campaign', campaign_id, 'attempts', count(*) FROM calls
  WHERE campaign_id IS NOT NULL AND direction = 'outbound' GROUP BY campaign_id;
INSERT INTO tallies SELECT 'campaign', campaign_id, 'reached', sum(${IS_REACHED('calls')}) FROM calls
  WHERE campaign_id IS NOT NULL AND direction = 'outbound' GROUP BY campaign_id;
INSERT INTO tallies SELECT 'outcome', campaign_id, disposition_id, count(*) FROM outcomes
  WHERE campaign_id IS NOT NULL AND undone_at IS NULL GROUP BY campaign_id, disposition_id;
`;
