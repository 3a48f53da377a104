/** How well somebody qualified stands on the call itself, so that calls are found and put in order by it. */
export const version = 17;
export const name = 'calls-scored';

const SCORE = "json_extract(facts, '$.evaluation.score')";

export const sql = `
ALTER TABLE calls ADD COLUMN score INTEGER;
UPDATE calls SET score = (
  SELECT round(${SCORE}) FROM call_events WHERE call_id = calls.id AND ${SCORE} IS NOT NULL
  ORDER BY at DESC, key DESC LIMIT 1
) WHERE id IN (SELECT call_id FROM call_events WHERE ${SCORE} IS NOT NULL);
`;
