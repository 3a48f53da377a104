/** Where each number may be, worked out when it is written, so that the law of the place is asked by a lookup. */
export const version = 3;
export const name = 'where-numbers-are';

/*
 * `places` is the text of shared/domain/places/places.ts: zones, countries and states. Empty is not worked out
 * yet: numbers that were here before are worked out when they are weighed, and kept soon after the start.
 */
export const sql = `
ALTER TABLE contact_numbers ADD COLUMN places TEXT NOT NULL DEFAULT '';
ALTER TABLE contact_numbers ADD COLUMN unringable TEXT
  CHECK (unringable IN ('invalid', 'emergency', 'premium'));
CREATE INDEX contact_numbers_unplaced ON contact_numbers (id) WHERE places = '';

ALTER TABLE enrolments RENAME COLUMN zones TO places;
UPDATE enrolments SET places =
  ifnull((SELECT group_concat(value, ' ') FROM json_each(places)), '') || '||';
`;
