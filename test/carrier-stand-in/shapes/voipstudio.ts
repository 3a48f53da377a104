import { z } from 'zod';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
const digits = z.string().regex(/^[0-9*#]{2,20}$/);
const LEG_STATES = ['INITIAL', 'RINGING', 'CONNECTED', 'ON_HOLD', 'HANGUP'] as const;

export const CreateCall = z.strictObject({
  to: digits,
  from: z.int().optional(),
  caller_id: z.union([digits, z.literal('anonymous')]).optional(),
});

export const ChangeCall = z
  .strictObject({ dst: digits.optional(), state: z.literal('CONNECTED').optional() })
  .refine(({ dst, state }) => (dst === undefined) !== (state === undefined), {
    error: 'takes one of dst and state',
  });

export const SignIn = z.strictObject({ email: z.string(), password: z.string() });
export const SignedInAnswer = z.strictObject({
  message: z.string(),
  user_token: z.string(),
  user_id: z.int(),
});

const whole = z.string().regex(/^\d+$/).optional();

export const ListQuery = z.strictObject({
  limit: whole,
  page: whole,
  filter: z.string().startsWith('[').optional(),
  sort: z.string().optional(),
  dir: z.enum(['ASC', 'DESC', 'asc', 'desc']).optional(),
});

export const CreatedAnswer = z.strictObject({
  data: z.strictObject({
    id: z.int(),
    state: z.literal('RINGING'),
    src_id: z.int(),
    src_name: z.string(),
    src_ua: z.string(),
    dst: digits,
    dst_name: z.string().nullable(),
    dst_rate: z.number(),
    clid: z.string(),
    start_time: date,
  }),
});

const leg = z.strictObject({
  id: z.int(),
  state: z.enum(LEG_STATES),
  src: z.string(),
  src_id: z.int(),
  src_name: z.string(),
  dst: z.string(),
  dst_id: z.int().nullable(),
  dst_name: z.string().nullable(),
  clid: z.string(),
  context: z.string(),
  destination: z.enum(['in', 'out']),
  start_time: date,
  connected_at: date.nullable(),
  duration: z.int(),
  parent_id: z.string().nullable(),
  queue_state: z.string().nullable(),
  monitor_state: z.enum(['ON', 'OFF']),
});

const cdr = z.strictObject({
  id: z.int(),
  call_id: z.int(),
  live_id: z.int(),
  parent_live_id: z.int().nullable(),
  user_id: z.int(),
  calldate: date,
  src: z.string(),
  src_id: z.string(),
  src_name: z.string(),
  dst: z.string(),
  dst_id: z.string().nullable(),
  dst_name: z.string().nullable(),
  clid: z.string(),
  duration: z.int(),
  billsec: z.int(),
  disposition: z.string(),
  type: z.string(),
  context: z.string(),
  destination: z.enum(['in', 'out']),
  rate: z.number(),
  charge: z.number(),
  t_cause: z.string(),
});

const monitor = z.strictObject({
  id: z.int(),
  timestamp: date,
  caller: z.string(),
  called: z.string(),
  duration: z.int(),
  type: z.string(),
  size: z.int(),
});

const user = z.strictObject({ id: z.int(), name: z.string(), email: z.string(), extension: z.string() });

const pageOf = (row: z.ZodType) => z.strictObject({ data: z.array(row), total: z.int() });

export const LegAnswer = z.strictObject({ data: leg });
export const LegListAnswer = pageOf(leg);
export const CdrAnswer = z.strictObject({ data: cdr });
export const CdrListAnswer = pageOf(cdr);
export const MonitorListAnswer = pageOf(monitor);
export const UserListAnswer = pageOf(user);
export const MeAnswer = z.strictObject({
  data: z.strictObject({ id: z.int(), email: z.string(), sip_domain: z.string(), sip_password: z.string() }),
});

export const WebhookEvent = z.strictObject({
  id: z.string(),
  event_time: date,
  event_name: z.enum([
    'call.initial',
    'call.ringing',
    'call.connected',
    'call.hangup',
    'call.missed',
    'call.dtmf',
  ]),
  call_id: z.int(),
  root_call_id: z.int(),
  state: z.enum(LEG_STATES),
  connected_at: date.nullable(),
  start_time: date,
  context: z.string(),
  destination: z.enum(['in', 'out']),
  duration: z.int(),
  src: z.string(),
  src_id: z.int(),
  src_name: z.string(),
  src_hash: z.string().nullable(),
  dst: z.string(),
  dst_id: z.int().nullable(),
  dst_name: z.string(),
  final: z.boolean(),
  terminated_by: z.enum(['src', 'dst', 'api']).nullable(),
});
