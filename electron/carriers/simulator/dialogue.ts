import type { TranscriptSegment } from '../../../shared/domain/call.ts';
import type { Spoken } from '../carrier.ts';
import { type Random, between, pick, seededRandom } from '../../../shared/lib/random.ts';

type Speaker = TranscriptSegment['speaker'];
type Exchange = readonly [agent: string, contact: string];

const MS_PER_WORD = 330;

const HELLOS = ['Hello?', 'Yes, hello?', 'Hi, who is this?', 'Good day.', 'Hello, speaking.'] as const;

const OPENINGS: readonly Exchange[] = [
  ['Hello, I am calling from the practice company about your yearly heating check.', 'Oh, right. Go on.'],
  ['Good day, this is the practice company. Do you have two minutes?', 'Two minutes, yes.'],
  ['Hi, thanks for picking up. It is about the service plan you asked us about.', 'Did I? Let me think.'],
];

const MIDDLES: readonly Exchange[] = [
  ['When was the boiler last looked at?', 'Last autumn, I think. Or the one before that.'],
  ['Are you the person who looks after the house?', 'My sister and I do, together.'],
  ['The visit takes about forty minutes, and someone would have to be in.', 'Afternoons are easier for us.'],
  ['We have a Tuesday and a Thursday free next week.', 'Thursday sounds better. After three?'],
  ['Shall I put the price in a message to you?', 'Please do, I like to see things in writing.'],
  ['It is the same price as last year.', 'That is good to hear, everything else went up.'],
  ['Is there a parking place near the door?', 'There is one, but the neighbour often has it.'],
  ['Have you noticed any noise from the radiators?', 'The one in the hall knocks at night.'],
  ['I will note that for the engineer.', 'Thank you. It keeps the dog awake.'],
  ['May we call this number the day before?', 'Yes, but not before nine in the morning.'],
  ['Would a reminder by message help?', 'It would. I forget everything these days.'],
  ['Do you still have the old thermostat?', 'The round one, yes. Is that a problem?'],
  ['Not at all, the new one is only easier to read.', 'Easier to read would be nice.'],
  ['Some people prefer to pay by the month.', 'How much is it by the month?'],
  ['It comes to a little less than a coffee a week.', 'I drink a lot of coffee, mind you.'],
  ['Is anyone else deciding this with you?', 'I would ask my husband first.'],
  ['Could I ring again when you have talked it over?', 'Try on Monday, in the evening.'],
  ['Let me read that back to you.', 'Yes, that is right.'],
];

const CLOSINGS: readonly Exchange[] = [
  ['That is all I needed, thank you for your time.', 'Thanks for calling. Goodbye.'],
  ['I will send that over today. Have a good day.', 'You too. Bye now.'],
  ['Then we will speak again as agreed. Goodbye.', 'Goodbye.'],
];

const REFUSALS = [
  'Not today, thank you. Goodbye.',
  'I am not interested, sorry.',
  'Wrong moment. Bye.',
] as const;

const GREETINGS = [
  'You have reached a mailbox. Nobody can take your call now. Please leave a message after the tone.',
  'Hi, we are out or in the garden. Say who you are and we will ring back.',
  'The person you are calling is not available. Please speak after the tone.',
] as const;

const MESSAGE =
  'Hello, this is the practice company about your heating check. Please ring us back when it suits you.';

const CLOSING_MS = 9_000;

/** What is said in a talk of about `talkMs`, in times since the answer; the last words may fall after its end. */
export function dialogueOf(random: Random, talkMs: number): readonly TranscriptSegment[] {
  const said: TranscriptSegment[] = [];
  let atMs = between(random, 300, 900);
  const say = (speaker: Speaker, text: string) => {
    const toMs = atMs + spokenMs(text);
    said.push({ speaker, fromMs: atMs, toMs, text });
    atMs = toMs + between(random, 250, 1_300);
  };
  const exchange = ([agent, contact]: Exchange) => {
    say('agent', agent);
    say('contact', contact);
  };

  say('contact', pick(random, HELLOS));
  if (talkMs < 3 * CLOSING_MS) {
    say('agent', pick(random, OPENINGS)[0]);
    say('contact', pick(random, REFUSALS));
    return said;
  }
  exchange(pick(random, OPENINGS));
  const isTimeLeft = () => atMs + 2 * CLOSING_MS < talkMs;
  for (let next = between(random, 0, MIDDLES.length - 1); isTimeLeft(); next++) {
    exchange(MIDDLES[next % MIDDLES.length]!);
  }
  exchange(pick(random, CLOSINGS));
  return said;
}

/** A machine's greeting; it fills the time until the beep. */
export function greetingOf(random: Random, greetingMs: number): readonly TranscriptSegment[] {
  return [{ speaker: 'contact', fromMs: 300, toMs: greetingMs, text: pick(random, GREETINGS) }];
}

/** A recorded message, played to whoever says hello. It ends the call, unless they end it before. */
export function announcementOf(random: Random, say: Spoken): readonly TranscriptSegment[] {
  const hello = pick(random, HELLOS);
  const helloMs = 300 + spokenMs(hello);
  return [{ speaker: 'contact', fromMs: 300, toMs: helloMs, text: hello }, spokenFrom(say, helloMs + 400)];
}

/** The message we leave. A sound of the same name is always as long. */
export function messageOf(sound: string, fromMs: number, say?: Spoken): TranscriptSegment {
  if (say !== undefined) return spokenFrom(say, fromMs);
  const lengthMs = between(seededRandom(`message/${sound}`), 9_000, 18_000);
  return { speaker: 'agent', fromMs, toMs: fromMs + lengthMs, text: MESSAGE };
}

function spokenFrom(say: Spoken, fromMs: number): TranscriptSegment {
  if (say.kind === 'sound') {
    const usual = messageOf(say.soundId, fromMs);
    const toMs = say.durationMs === undefined ? usual.toMs : fromMs + say.durationMs;
    return {
      ...usual,
      toMs,
      text: say.name === undefined ? usual.text : `(The recording “${say.name}” is played.)`,
    };
  }
  return { speaker: 'agent', fromMs, toMs: fromMs + spokenMs(say.text), text: say.text };
}

function spokenMs(text: string): number {
  return 300 + text.split(' ').length * MS_PER_WORD;
}
