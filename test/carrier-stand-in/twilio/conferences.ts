import { one } from '../http.ts';
import type { Route, Routed } from '../routes.ts';
import {
  ConferenceAnswer,
  ConferenceListAnswer,
  ListConferencesQuery,
  UpdateConferenceForm,
} from '../shapes/twilio-conferences.ts';
import { type Twilio, twilioDate } from './account.ts';
import { isOnDay, pageOf } from './paging.ts';
import { NOT_FOUND } from './refusals.ts';
import { type Room, endRoom } from './rooms.ts';

const CONFERENCES = '/2010-04-01/Accounts/{AccountSid}/Conferences.json';
const CONFERENCE = '/2010-04-01/Accounts/{AccountSid}/Conferences/{Sid}.json';

export function conferenceRoutes(twilio: Twilio): readonly Route[] {
  const find = ({ params }: Routed) => twilio.account.rooms.get(params['Sid'] ?? '') ?? null;
  return [
    {
      method: 'GET',
      path: CONFERENCES,
      query: ListConferencesQuery,
      answer: ConferenceListAnswer,
      run: ({ path, query }) => {
        const name = one(query, 'FriendlyName');
        const status = one(query, 'Status');
        const rooms = [...twilio.account.rooms.values()]
          .filter((room) => (name ?? room.name) === room.name && (status ?? room.status) === room.status)
          .filter(
            (room) =>
              isOnDay(query, 'DateCreated', room.createdAt) && isOnDay(query, 'DateUpdated', room.updatedAt),
          )
          .toReversed();
        return pageOf('conferences', rooms, (room) => roomFace(twilio, room), { path, query });
      },
    },
    {
      method: 'GET',
      path: CONFERENCE,
      answer: ConferenceAnswer,
      run: (asked) => {
        const room = find(asked);
        return room === null ? NOT_FOUND() : { status: 200, json: roomFace(twilio, room) };
      },
    },
    {
      method: 'POST',
      path: CONFERENCE,
      form: UpdateConferenceForm,
      answer: ConferenceAnswer,
      run: (asked) => {
        const room = find(asked);
        if (room === null) return NOT_FOUND();
        if (one(asked.form, 'Status') === 'completed')
          endRoom(twilio, room, 'conference-ended-via-api', null);
        return { status: 200, json: roomFace(twilio, room) };
      },
    },
  ];
}

function roomFace(twilio: Twilio, room: Room): Record<string, unknown> {
  const uri = `${twilio.root()}/Conferences/${room.sid}`;
  return {
    sid: room.sid,
    account_sid: twilio.account.sid,
    friendly_name: room.name,
    status: room.status,
    region: 'us1',
    api_version: '2010-04-01',
    date_created: twilioDate(room.createdAt),
    date_updated: twilioDate(room.updatedAt),
    reason_conference_ended: room.endedBecause,
    call_sid_ending_conference: room.endedBySid,
    uri: `${uri}.json`,
    subresource_uris: { participants: `${uri}/Participants.json`, recordings: `${uri}/Recordings.json` },
  };
}
