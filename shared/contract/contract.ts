import { app } from './app.ts';
import { assistants } from './assistants.ts';
import { board } from './board.ts';
import { campaigns } from './campaigns.ts';
import { carriers } from './carriers.ts';
import { contacts } from './contacts.ts';
import { desk } from './desk.ts';
import { doNotCall } from './do-not-call.ts';
import { followUps } from './follow-ups.ts';
import { imports } from './imports.ts';
import { law } from './law.ts';
import { messages } from './messages.ts';
import { meaning } from './meaning.ts';
import { outcomes } from './outcomes.ts';
import { people, workspaces } from './people.ts';
import { phone } from './phone.ts';
import { recordings } from './recordings.ts';
import { calls } from './records.ts';
import { relay } from './relay.ts';
import { reportFiles } from './report-files.ts';
import { reports } from './reports.ts';
import { schedules } from './schedules.ts';
import { standing } from './standing.ts';
import type { Client, Handlers, Payloads, TopicName } from './wire.ts';

/** The whole conversation between the two sides. Read it top to bottom to know what the app can do. */
export const contract = {
  app,
  people,
  workspaces,
  desk,
  phone,
  campaigns,
  contacts,
  doNotCall,
  calls,
  recordings,
  messages,
  reports,
  reportFiles,
  schedules,
  imports,
  meaning,
  followUps,
  law,
  outcomes,
  carriers,
  relay,
  standing,
  board,
  assistants,
};

export type ParleyContract = typeof contract;
export type ParleyClient = Client<ParleyContract>;
export type ParleyHandlers<Caller> = Handlers<ParleyContract, Caller>;
export type ParleyTopic = TopicName<ParleyContract>;
export type ParleyPayloads = Payloads<ParleyContract>;
