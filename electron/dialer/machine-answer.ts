import type { Clock } from '../../shared/lib/clock.ts';
import type { Carrier } from '../carriers/carrier.ts';
import { type Call, addEvent } from '../store/calls.ts';
import type { Db } from '../store/open.ts';
import { campaignById } from '../store/campaigns.ts';
import { setting } from '../store/settings.ts';
import { messageForMachine, noteGiven } from './recorded-message.ts';

/** Setting of a workspace: `hang-up` leaves no message on any machine, whatever its campaigns say. */
export const VOICEMAIL = 'background.voicemail';

interface MachineParts {
  readonly db: Db;
  readonly carrier: Carrier;
  readonly clock: Clock;
  readonly note: (line: string) => void;
}

/**
 * Leaves a message, or hangs up, once a machine is ready to record (row D8), and never before: over a greeting
 * nobody would hear it. What is meant to be done is on disk first, so no crash and no other process does it twice.
 */
export async function answerMachine(
  { db, carrier, clock, note }: MachineParts,
  call: Call,
  name: string,
): Promise<void> {
  if (!call.answeredBy?.startsWith('machine_end') || !carrier.can.voicemailDrop) return;
  const at = clock.now();
  if (!addEvent(db, call.id, { key: 'parley:machine', at, facts: {} }, at)) return;
  const rules = call.campaignId === null ? null : (campaignById(db, call.campaignId)?.rules ?? null);
  const isLeft =
    setting(db, 'workspace', VOICEMAIL) !== 'hang-up' && (rules?.voicemail ?? 'leave') === 'leave';
  if (!isLeft) return hangUpCall(carrier, call);
  const { contactId, attemptId } = call;
  const say =
    rules === null || attemptId === null ? null : messageForMachine(db, rules, { contactId, attemptId });
  const words = say === null ? {} : { say };
  const done = await carrier.control(call.callRef, { kind: 'drop-voicemail', sound: 'standard', ...words });
  if (done.kind === 'done') {
    noteGiven(db, say, 'left', at);
    note(`${name}: a message is left on a machine.`);
  }
  if ('sentence' in done) note(`${name}: no message could be left. ${done.sentence}`);
}

export async function hangUpCall(carrier: Carrier, { callRef }: Call): Promise<void> {
  await carrier.control(callRef, { kind: 'hang-up' });
}
