import type { Spoken } from '../carrier.ts';

/* What we have Twilio do in a call. It goes with the request, so no call ever waits for a tunnel. */

/** Twilio takes no more than this in a request. */
const TWIML_CHARS_MAX = 4_000;

/** The room in which an agent waits for calls, all shift long. */
export function roomOf(agentId: number): string {
  return `agent-${agentId}`;
}

/** The softphone of an agent, as Twilio knows it. */
export function clientOf(agentId: number): string {
  return `client:agent_${agentId}`;
}

/** Waits in a room, in silence. Leaving it ends nobody else’s call. */
export function waitInRoom(room: string, label: string): string {
  return inRoom(room, label, false);
}

/** Two who talk with each other: when one of them leaves, it is over for the other. */
export function talkInRoom(room: string, label: string): string {
  return inRoom(room, label, true);
}

function inRoom(room: string, label: string, endsIt: boolean): string {
  return response(
    `<Dial timeLimit="86400"><Conference beep="false" startConferenceOnEnter="true" endConferenceOnExit="${endsIt}" waitUrl="" participantLabel="${escaped(label)}">${escaped(room)}</Conference></Dial>`,
  );
}

/** Says it and hangs up. Null where it is too long for Twilio, or where nobody could fetch the sound. */
export function message(
  spoken: Spoken,
  soundUrl: (soundId: string) => string | null,
  attemptId: string | null = null,
): string | null {
  const verb = verbOf(spoken, soundUrl);
  if (verb === null) return null;
  // Twilio passes over it; whoever looks a call up in its console finds the attempt.
  const whose = attemptId === null ? '' : `<!-- ${attemptId.replace(/[^0-9a-zA-Z-]/g, '')} -->`;
  const twiml = response(`${whose}${verb}<Hangup/>`);
  return twiml.length > TWIML_CHARS_MAX ? null : twiml;
}

/** Presses keys towards the other side, and brings them back into the room. */
export function pressKeys(digits: string, room: string, label: string): string {
  const back = waitInRoom(room, label)
    .replace(/^.*?<Response>/s, '')
    .replace('</Response>', '');
  return response(`<Play digits="${escaped(digits)}"/>${back}`);
}

/** Hands the other side over to somebody else. */
export function handOver(to: string, callerId: string): string {
  return response(
    `<Dial callerId="${escaped(callerId)}" answerOnBridge="true"><Number>${escaped(to)}</Number></Dial>`,
  );
}

function verbOf(spoken: Spoken, soundUrl: (soundId: string) => string | null): string | null {
  if (spoken.kind === 'words') return `<Say>${escaped(spoken.text)}</Say>`;
  const url = soundUrl(spoken.soundId);
  return url === null ? null : `<Play>${escaped(url)}</Play>`;
}

function response(verbs: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`;
}

/** What people typed is never a verb. Characters that XML cannot hold are left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
