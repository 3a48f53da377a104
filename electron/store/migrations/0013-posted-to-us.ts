/** What carriers post to the relay is kept byte for byte before it is answered. */
export const version = 13;
export const name = 'posted-to-us';

export const sql = `
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  carrier TEXT NOT NULL,
  kind TEXT NOT NULL,
  attempt_id TEXT,
  mime TEXT NOT NULL,
  body BLOB NOT NULL,
  content TEXT NOT NULL,
  token TEXT,
  received_at INTEGER NOT NULL,
  read_at INTEGER,
  trouble TEXT
);
CREATE UNIQUE INDEX deliveries_content ON deliveries (carrier, content);
CREATE UNIQUE INDEX deliveries_token ON deliveries (carrier, token) WHERE token IS NOT NULL;
CREATE INDEX deliveries_unread ON deliveries (id) WHERE read_at IS NULL;
CREATE INDEX deliveries_trouble ON deliveries (id) WHERE trouble IS NOT NULL;
CREATE INDEX deliveries_attempt ON deliveries (attempt_id) WHERE attempt_id IS NOT NULL;
CREATE INDEX deliveries_received ON deliveries (received_at);
`;
