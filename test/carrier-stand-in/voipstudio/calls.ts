import type { Answer } from '../http.ts';
import type { Route, Routed } from '../routes.ts';
import {
  ChangeCall,
  CreateCall,
  CreatedAnswer,
  LegAnswer,
  LegListAnswer,
  ListQuery,
} from '../shapes/voipstudio.ts';
import { MINUTE_MS } from '../../../shared/lib/instants.ts';
import { type Leg, isLive, legFace } from './leg.ts';
import { hangUp, move, startCall, transfer } from './life.ts';
import { listOf } from './lists.ts';
import { type VoipStudio, isOver, officeDate } from './office.ts';
import { refusal } from './refusals.ts';

export function callRoutes(studio: VoipStudio): readonly Route[] {
  const { office } = studio;
  const found = ({ params }: Routed, then: (leg: Leg) => Answer): Answer => {
    const leg = office.legs.get(Number(params['id']));
    return leg === undefined || !isLive(leg) ? refusal(404, 'There is no such call now.') : then(leg);
  };
  return [
    {
      method: 'POST',
      path: '/calls',
      json: CreateCall,
      answer: CreatedAnswer,
      run: (asked) => create(studio, asked),
    },
    {
      method: 'GET',
      path: '/calls',
      query: ListQuery,
      answer: LegListAnswer,
      run: ({ query }) =>
        listOf(
          [...office.legs.values()].filter(isLive).map((leg) => legFace(studio, leg)),
          query,
        ),
    },
    {
      method: 'GET',
      path: '/calls/{id}',
      answer: LegAnswer,
      run: (asked) => found(asked, (leg) => ({ status: 200, json: { data: legFace(studio, leg) } })),
    },
    {
      method: 'PATCH',
      path: '/calls/{id}',
      json: ChangeCall,
      run: (asked) => found(asked, (leg) => change(studio, leg, asked.json)),
    },
    {
      method: 'DELETE',
      path: '/calls/{id}',
      run: (asked) =>
        found(asked, (leg) => {
          if (leg.state !== 'CONNECTED' && leg.state !== 'ON_HOLD')
            return refusal(400, 'Only a connected call can be hung up.');
          hangUp(studio, leg, 'ANSWERED', 'api');
          return { status: 204 };
        }),
    },
  ];
}

async function create(studio: VoipStudio, { json }: Routed): Promise<Answer> {
  const { office, world } = studio;
  const read = CreateCall.safeParse(json);
  if (!read.success)
    return refusal(
      400,
      'Validation failed',
      read.error.issues.map(({ path, message }) => ({ field: path.join('.'), message, code: 'SF0010' })),
    );
  const { to, from, caller_id: callerId } = read.data;
  const user = office.users.find(({ id }) => id === (from ?? office.users[0]!.id));
  if (user === undefined)
    return refusal(400, 'Validation failed', [{ field: 'from', message: 'No such user', code: 'SF0011' }]);
  const clid = callerId ?? office.numbers[0] ?? null;
  if (clid === null) return refusal(400, 'No CLI prefix set');
  if (callerId !== undefined && callerId !== 'anonymous' && !office.numbers.includes(callerId))
    return refusal(400, 'Validation failed', [
      { field: 'caller_id', message: 'Not a number of this account', code: 'SF0012' },
    ]);
  if (!user.hasPhone) return refusal(412, 'No phone of this user is registered');
  if (isOver(office.startedAt, world.clock.now(), MINUTE_MS, office.limits.callsPerMinuteMax))
    return refusal(400, 'maximum per minute call rate exceeded');
  const leg = startCall(studio, { user, to, clid });
  // The agent’s phone rings long before the answer comes.
  await new Promise<void>((done) => void world.clock.after(office.limits.answerAfterMs, done));
  return {
    status: 201,
    json: {
      data: {
        id: leg.id,
        state: 'RINGING',
        src_id: user.id,
        src_name: user.name,
        src_ua: 'stand-in phone',
        dst: leg.dst,
        dst_name: null,
        dst_rate: 0.0121,
        clid,
        start_time: officeDate(studio, leg.startedAt),
      },
    },
  };
}

function change(studio: VoipStudio, leg: Leg, json: unknown): Answer {
  const read = ChangeCall.safeParse(json);
  if (!read.success) return refusal(400, 'Validation failed');
  if (read.data.dst !== undefined) {
    if (leg.state !== 'CONNECTED') return refusal(400, 'Only a connected call can be put through.');
    transfer(studio, leg, read.data.dst);
  } else if (read.data.state === 'CONNECTED' && leg.state === 'ON_HOLD') move(studio, leg, 'CONNECTED');
  return { status: 200, json: { data: legFace(studio, leg) } };
}
