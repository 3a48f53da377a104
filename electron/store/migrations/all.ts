import type { Migration } from '../migrate.ts';
import * as firstTables from './0001-first-tables.ts';
import * as personalSchedules from './0002-personal-schedules.ts';
import * as whereNumbersAre from './0003-where-numbers-are.ts';
import * as campaignsEdited from './0004-campaigns-edited.ts';
import * as listsImported from './0005-lists-imported.ts';
import * as moreSaid from './0006-more-said.ts';
import * as importsEnrol from './0007-imports-enrol.ts';
import * as contactsKept from './0008-contacts-kept.ts';
import * as mutedStays from './0009-muted-stays.ts';
import * as firstInLine from './0010-first-in-line.ts';
import * as foundAfterwards from './0011-found-afterwards.ts';
import * as emptyNotes from './0012-empty-notes.ts';
import * as postedToUs from './0013-posted-to-us.ts';
import * as recordingsHeard from './0014-recordings-heard.ts';
import * as firstSound from './0015-first-sound.ts';
import * as reportsAddedUp from './0016-reports-added-up.ts';
import * as callsScored from './0017-calls-scored.ts';
import * as messagesKept from './0018-messages-kept.ts';
import * as whatCallsMean from './0019-what-calls-mean.ts';
import * as scriptsByOutcome from './0020-scripts-by-outcome.ts';

/** Every step a workspace's file has ever taken, in order. New ones go at the end. */
export const MIGRATIONS: readonly Migration[] = [
  firstTables,
  personalSchedules,
  whereNumbersAre,
  campaignsEdited,
  listsImported,
  moreSaid,
  importsEnrol,
  contactsKept,
  mutedStays,
  firstInLine,
  foundAfterwards,
  emptyNotes,
  postedToUs,
  recordingsHeard,
  firstSound,
  reportsAddedUp,
  callsScored,
  messagesKept,
  whatCallsMean,
  scriptsByOutcome,
];
