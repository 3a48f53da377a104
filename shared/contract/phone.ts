import { z } from 'zod';
import { nothing } from './shapes.ts';
import { ask, tell } from './wire.ts';

/** The phone of whoever sits here, as its page tells of it. It lives elsewhere than the screens that show it. */
export const phoneViewShape = z.object({
  kind: z.enum(['simulated', 'softphone']),
  state: z.enum(['off', 'registering', 'idle', 'incoming', 'connecting', 'open', 'reconnecting', 'trouble']),
  /** What is the matter, and what to do; null where all is well. */
  sentence: z.string().max(400).nullable(),
  /** What is wrong with the sound just now, a sentence each. */
  warnings: z.array(z.string().max(200)).max(8),
  isMuted: z.boolean(),
});

export type PhoneView = z.output<typeof phoneViewShape>;

export const phone = {
  view: ask('agent', nothing, phoneViewShape.nullable()),
  changed: tell(phoneViewShape.nullable()),
  /** The page of the phone tells how it stands. */
  report: ask('agent', phoneViewShape.nullable(), z.null()),
  /** What the carrier lets a phone in with. Made anew each time; nothing else of the carrier is ever told. */
  pass: ask('agent', nothing, z.object({ pass: z.string(), edge: z.string().nullable() })),
  /** Whether a call that rings at this phone is ours. */
  expects: ask('agent', z.object({ callRef: z.string().max(64) }), z.boolean()),
  /** How loud each side is, from 0 to 1; told while a call is open. */
  level: ask('agent', z.object({ out: z.number().min(0).max(1), in: z.number().min(0).max(1) }), z.null()),
  levels: tell(z.object({ out: z.number(), in: z.number() })),
  /** A key of the keypad, to be heard at this end as well. */
  key: ask('agent', z.object({ digits: z.string().regex(/^[0-9*#]{1,32}$/) }), z.null()),
  keyed: tell(z.object({ digits: z.string() })),
  /** The computer woke up: whoever is to be reached looks whether they are. */
  woke: tell(z.null()),
};

/** All of the conversation that the page of the phone takes part in, and nothing else of it. */
export const PHONE_CALLS: readonly string[] = [
  'app.hello',
  'app.zoneTable',
  'desk.view',
  'desk.heard',
  'phone.report',
  'phone.pass',
  'phone.expects',
  'phone.level',
];
export const PHONE_TOPICS: readonly string[] = [
  'app.helloChanged',
  'desk.changed',
  'phone.keyed',
  'phone.woke',
];
