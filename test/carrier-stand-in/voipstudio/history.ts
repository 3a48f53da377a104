import type { Answer } from '../http.ts';
import { mp3Of } from '../mp3.ts';
import type { Route } from '../routes.ts';
import {
  CdrAnswer,
  CdrListAnswer,
  ListQuery,
  MeAnswer,
  MonitorListAnswer,
  SignedInAnswer,
  SignIn,
  UserListAnswer,
} from '../shapes/voipstudio.ts';
import { wordsOf } from '../sound.ts';
import { hexOf } from '../world.ts';
import { cdrFace, monitorFace, talkSecondsOf } from './leg.ts';
import { listOf } from './lists.ts';
import type { VoipStudio } from './office.ts';
import { refusal } from './refusals.ts';

/** What is over: records and recordings. */
export function historyRoutes(studio: VoipStudio): readonly Route[] {
  const { office } = studio;
  const recorded = () => office.cdrs.filter(({ isRecorded }) => isRecorded);
  return [
    {
      method: 'GET',
      path: '/cdrs',
      query: ListQuery,
      answer: CdrListAnswer,
      run: ({ query }) => listOf(office.cdrs.map((cdr) => cdrFace(studio, cdr)).toReversed(), query),
    },
    {
      method: 'GET',
      path: '/cdrs/{id}',
      answer: CdrAnswer,
      run: ({ params }) => {
        const cdr = office.cdrs.find(({ id }) => id === Number(params['id']));
        return cdr === undefined
          ? refusal(404, 'There is no such record.')
          : { status: 200, json: { data: cdrFace(studio, cdr) } };
      },
    },
    {
      method: 'GET',
      path: '/monitors',
      query: ListQuery,
      answer: MonitorListAnswer,
      run: ({ query }) =>
        listOf(
          recorded()
            .map((cdr) => monitorFace(studio, cdr))
            .toReversed(),
          query,
        ),
    },
    {
      method: 'GET',
      path: '/monitors/{id}.mp3',
      run: ({ params }): Answer => {
        const cdr = recorded().find(({ id }) => id === Number(params['id']));
        if (cdr === undefined) return refusal(404, 'There is no such recording.');
        const talkMs = talkSecondsOf(cdr.leg) * 1_000;
        return { status: 200, bytes: mp3Of(wordsOf(String(cdr.leg.id), talkMs), talkMs), mime: 'audio/mpeg' };
      },
    },
  ];
}

/** Who one is, and how one comes in. */
export function accountRoutes({ office, world }: VoipStudio): readonly Route[] {
  const own = office.users[0]!;
  return [
    {
      method: 'POST',
      path: '/login',
      json: SignIn,
      answer: SignedInAnswer,
      run: ({ json }) => {
        const { email, password } = (json ?? {}) as { email?: string; password?: string };
        if (email !== office.email || password !== office.password)
          return refusal(401, 'Wrong e-mail or password');
        return { status: 200, json: { message: 'Signed in', user_token: office.token, user_id: own.id } };
      },
    },
    { method: 'POST', path: '/logout', run: () => ({ status: 200, json: { message: 'Signed out' } }) },
    { method: 'GET', path: '/ping', run: () => ({ status: 200, json: { message: 'pong' } }) },
    {
      method: 'GET',
      path: '/me',
      answer: MeAnswer,
      run: () => ({
        status: 200,
        json: {
          data: {
            id: own.id,
            email: own.email,
            sip_domain: 'stand-in.invalid',
            sip_password: hexOf(world.random, 12),
          },
        },
      }),
    },
    {
      method: 'GET',
      path: '/users',
      query: ListQuery,
      answer: UserListAnswer,
      run: ({ query }) =>
        listOf(
          office.users.map(({ id, name, email, extension }) => ({ id, name, email, extension })),
          query,
        ),
    },
    {
      method: 'POST',
      path: '/apitokens',
      run: ({ json }) => {
        const { name } = (json ?? {}) as { name?: string };
        if (name === undefined || office.apiTokens.some((known) => known.name === name))
          return refusal(400, 'Validation failed', [
            { field: 'name', message: 'Taken, or none', code: 'SF0013' },
          ]);
        const made = { name, token: hexOf(world.random, 40) };
        office.apiTokens.push(made);
        return { status: 201, json: { data: made } };
      },
    },
    {
      method: 'GET',
      path: '/apitokens',
      run: () => ({ status: 200, json: { data: office.apiTokens.map(({ name }) => ({ name })) } }),
    },
  ];
}
