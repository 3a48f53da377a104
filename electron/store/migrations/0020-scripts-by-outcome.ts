/** What came of a script is kept by outcome: whether an outcome is a success may be changed later. */
export const version = 20;
export const name = 'scripts-by-outcome';

export const sql = `
DROP TABLE report_scripts;
CREATE TABLE report_scripts (
  slot INTEGER NOT NULL, campaign_id INTEGER NOT NULL, script_id INTEGER NOT NULL, disposition_id TEXT NOT NULL,
  calls INTEGER NOT NULL, scored INTEGER NOT NULL, score INTEGER NOT NULL,
  PRIMARY KEY (slot, campaign_id, script_id, disposition_id)
) STRICT, WITHOUT ROWID;
INSERT INTO report_scripts
SELECT c.started_at / 900000, ifnull(c.campaign_id, 0), o.script_id, o.disposition_id, count(*), count(c.score),
  ifnull(sum(c.score), 0)
FROM calls c JOIN outcomes o ON o.attempt_id = c.attempt_id AND o.undone_at IS NULL AND o.script_id IS NOT NULL
WHERE c.direction = 'outbound' GROUP BY 1, 2, 3, 4;
`;
