/** Whoever is next in a campaign is found at the front of an index, and not by asking at each of its places. */
export const version = 10;
export const name = 'first-in-line';

/*
 * The indexes by place stay: where those in front are all asleep, the first at each place is asked for.
 */
export const sql = `
CREATE INDEX enrolments_first ON enrolments (campaign_id, rank) WHERE state = 'open' AND is_ready = 1;
CREATE INDEX enrolments_soonest ON enrolments (campaign_id, due_at) WHERE state = 'open' AND is_ready = 0;
`;
