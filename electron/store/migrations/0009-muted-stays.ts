/** A restart in mid-call must not show a muted agent as heard: the carrier keeps them muted. */
export const version = 9;
export const name = 'muted-stays';

export const sql = `
-- The attempt in which the agent is muted; of another one it says nothing.
ALTER TABLE sessions ADD COLUMN muted_attempt TEXT;
`;
