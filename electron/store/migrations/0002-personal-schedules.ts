/** Calls that a person gets day after day, each planned call of them, and what people agreed to. */
export const version = 2;
export const name = 'personal-schedules';

export const sql = `
CREATE TABLE schedules (
  id INTEGER PRIMARY KEY,
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  -- No foreign key: a number may go, and its schedule then says so instead of going with it.
  number_id INTEGER NOT NULL,
  zone TEXT NOT NULL,
  minute INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),
  cadence TEXT NOT NULL,
  voice TEXT NOT NULL,
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;
-- A person has one schedule, removed or not: so one job for each schedule and day is one for each person and day.
CREATE UNIQUE INDEX schedules_contact ON schedules (contact_id);
CREATE INDEX schedules_here ON schedules (id) WHERE removed_at IS NULL;
CREATE INDEX schedules_active ON schedules (id) WHERE removed_at IS NULL AND is_active = 1;

CREATE TABLE schedule_jobs (
  id INTEGER PRIMARY KEY,
  schedule_id INTEGER NOT NULL REFERENCES schedules (id) ON DELETE CASCADE,
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  local_date TEXT NOT NULL,
  planned_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('queued', 'scheduled', 'started', 'completed', 'failed', 'canceled')),
  attempts INTEGER NOT NULL,
  attempt_id TEXT,
  call_ref TEXT,
  begun_at INTEGER,
  note TEXT,
  error TEXT,
  canceled_by TEXT CHECK (canceled_by IN ('person', 'change')),
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  CHECK ((state = 'canceled') = (canceled_by IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX schedule_jobs_once ON schedule_jobs (schedule_id, local_date);
CREATE INDEX schedule_jobs_due ON schedule_jobs (due_at)
  WHERE state IN ('queued', 'scheduled') AND attempt_id IS NULL;
CREATE INDEX schedule_jobs_open ON schedule_jobs (attempt_id)
  WHERE state IN ('scheduled', 'started') AND attempt_id IS NOT NULL;
CREATE INDEX schedule_jobs_day ON schedule_jobs (planned_at, id, state);
CREATE INDEX schedule_jobs_state ON schedule_jobs (state, planned_at, id);
CREATE INDEX schedule_jobs_contact ON schedule_jobs (contact_id, planned_at);

CREATE TABLE consents (
  id INTEGER PRIMARY KEY,
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('call', 'ai-voice', 'recording')),
  basis TEXT NOT NULL,
  source TEXT NOT NULL,
  given_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;
CREATE UNIQUE INDEX consents_one_stands ON consents (contact_id, kind) WHERE revoked_at IS NULL;
CREATE INDEX consents_contact ON consents (contact_id, given_at);
`;
