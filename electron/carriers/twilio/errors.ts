import { UNREACHABLE_NUMBER } from '../carrier.ts';

/** What somebody can do about it. */
export type Remedy =
  | 'settings'
  | 'account'
  | 'wait'
  | 'number'
  | 'ask'
  | 'refresh'
  | 'tunnel'
  | 'microphone'
  | 'sign-in'
  | 'reconnect'
  | 'report'
  | 'nothing';

export interface TwilioTrouble {
  readonly code: string;
  readonly sentence: string;
  readonly remedy: Remedy;
  /** Whether asking again later, unchanged, may help. */
  readonly retry: boolean;
}

interface Class {
  readonly remedy: Remedy;
  readonly sentence: string;
  readonly codes: readonly number[];
}

const SETTINGS = 'Settings › Carriers';

/** By what can be done. A code with words of its own has them below. */
const CLASSES: readonly Class[] = [
  {
    remedy: 'settings',
    sentence: `Twilio does not accept how calls are set up here. Nobody was rung. Check ${SETTINGS}.`,
    codes: [
      20008, 21203, 21205, 21208, 21210, 21212, 21213, 21215, 21218, 21219, 13216, 13227, 14111, 573005,
    ],
  },
  {
    remedy: 'account',
    sentence:
      'The Twilio account does not allow this now. Look into the Twilio console; then check it here again.',
    codes: [10001, 10002, 20003, 20005, 20151],
  },
  {
    remedy: 'wait',
    sentence: 'Twilio is busy and did nothing. It is asked again in a while.',
    codes: [10004, 20429, 20503, 22005, 31206],
  },
  {
    remedy: 'number',
    sentence: 'Twilio says that this number cannot be rung.',
    codes: [21201, 21202, 21211, 21214, 21216, 21217, 13223, 13224, 13225],
  },
  {
    remedy: 'ask',
    sentence:
      'Twilio had a problem of its own. There may be a call; it is asked before anybody is rung again.',
    codes: [20500, 16025],
  },
  {
    remedy: 'refresh',
    sentence: 'This call is over already.',
    codes: [20404, 21220, 13240, 16027, 31002, 31008, 31404, 31480, 31486, 31603],
  },
  {
    remedy: 'tunnel',
    sentence:
      'Twilio could not reach this computer. Calls go on and are asked about instead; look at Settings › Connection.',
    codes: [11200, 11205, 11210, 11220],
  },
  {
    remedy: 'microphone',
    sentence: 'The microphone could not be opened. Look at Settings › Devices.',
    codes: [31401, 31402],
  },
  {
    remedy: 'sign-in',
    sentence: 'The softphone’s pass is no longer good. It is signed in again by itself.',
    codes: [20101, 20104, 31102, 31104, 31204, 31205],
  },
  {
    remedy: 'reconnect',
    sentence:
      'The softphone lost its connection to Twilio. It connects again by itself; check the network if it does not.',
    codes: [31000, 31003, 31005, 31009, 31107, 31209, 53000, 53001, 53400, 53402, 53405],
  },
  {
    remedy: 'settings',
    sentence: `Twilio does not let this softphone in. Check the API key and the agent’s name in ${SETTINGS}.`,
    codes: [31001, 31105, 31201, 31202, 31203],
  },
  {
    remedy: 'report',
    sentence: 'Twilio did not understand Parley. Nobody was rung; please report this with its code.',
    codes: [20001, 21206, 21262, 21626, 11243, 12100, 31100, 31101, 31103, 31207, 31210, 31212, 31400],
  },
  {
    remedy: 'nothing',
    sentence: 'There is no recording of this call.',
    codes: [16101, 16102],
  },
  {
    remedy: 'nothing',
    sentence: 'The call was ended because it had reached its longest time.',
    codes: [13805, 32015],
  },
];

/** The ones that people meet. */
const OWN_WORDS: Readonly<Record<number, string>> = {
  10001: 'The Twilio account is not active. Activate it in the Twilio console; then check it here again.',
  10002: 'A Twilio trial account cannot do this. Upgrade the account in the Twilio console.',
  10004: 'As many calls are open as this Twilio account may have. More are placed once some have ended.',
  13805: 'A Twilio trial account ends every call after ten minutes.',
  16025: 'Twilio has a call of this attempt already. It is asked about before anybody is rung again.',
  16027: 'The call is on hold. Take it off hold; then whisper again.',
  16101: 'There is no recording: the call was too short.',
  16102: 'There is no recording: nothing was said.',
  13240: 'The agent is no longer on a call, so there is nobody to whisper to.',
  20003: `Twilio does not accept the account SID or the key. Nobody was rung. Enter them again in ${SETTINGS}.`,
  20005: 'The Twilio account is suspended. Look into the Twilio console.',
  20008: `These are Twilio test credentials: they reach nobody. Enter the live ones in ${SETTINGS}.`,
  20404: 'Twilio no longer knows this.',
  20429: 'Twilio takes no more requests at the moment, and did nothing. It is asked again in a while.',
  20503: 'Twilio is not available at the moment, and did nothing. It is asked again in a while.',
  21201: 'There was no number to call.',
  21202: 'This is a premium-rate number, and Twilio does not call it.',
  21203:
    'Calls to this country are switched off in the Twilio account. Switch them on in the console, under geographic permissions.',
  21205: 'Twilio does not accept the address that events come in by. Look at Settings › Connection.',
  21210: `The number we show is not one of this Twilio account. Choose another in the campaign, or add it in ${SETTINGS}.`,
  21211: 'Twilio says that this is not a phone number.',
  21212: 'The number we show is not a phone number. Choose another in the campaign.',
  21213: 'There is no number to show. Choose one in the campaign.',
  21214: 'Twilio says that this number cannot be reached.',
  21215:
    'Calls to this country are switched off in the Twilio account. Switch them on in the console, under geographic permissions.',
  21216: 'Twilio blocks calls to this number.',
  21217: 'Twilio says that this is not a phone number.',
  21219:
    'A Twilio trial account calls only numbers that were verified with it. Upgrade the account, or verify the number.',
  14111:
    'A Twilio trial account calls only numbers that were verified with it. Upgrade the account, or verify the number.',
  573005:
    'A Twilio trial account calls only numbers that were verified with it. Upgrade the account, or verify the number.',
  22005: 'More calls wait at Twilio than it can place in a day. It is asked again in a while.',
  31002: 'The call was declined.',
  31008: 'The call was cancelled.',
  31401: 'The microphone is blocked. Allow it in the settings of this computer; then connect again.',
  31404: 'Nobody of that number or name was found.',
  31480: 'The other side is not available now.',
  31486: 'The line is busy.',
  31603: 'The call was declined.',
};

const BY_CODE: ReadonlyMap<number, TwilioTrouble> = new Map(
  CLASSES.flatMap(({ remedy, sentence, codes }) =>
    codes.map((code) => [
      code,
      { code: codeOf(code, remedy), sentence: OWN_WORDS[code] ?? sentence, remedy, retry: remedy === 'wait' },
    ]),
  ),
);

/** What a code of Twilio means for whoever calls. One we have never met is told with its number. */
export function twilioTrouble(code: number | null, status: number): TwilioTrouble {
  const known = code === null ? undefined : BY_CODE.get(code);
  if (known !== undefined) return known;
  const name = code === null ? `http-${status}` : String(code);
  if (status === 401 || status === 403) return { ...present(20003), code: name };
  if (status === 404) return { ...present(20404), code: name };
  if (status === 429) return { ...present(20429), code: name };
  const told = code === null ? `HTTP ${status}` : `code ${code}`;
  const sentence = `Twilio said no (${told}). Look the code up in the Twilio console, under Monitor › Logs.`;
  return { code: name, sentence, remedy: 'report', retry: false };
}

/** Credentials that are wrong, or an account that is shut: every other call would meet the same. */
export function isAboutUs({ remedy, code }: TwilioTrouble): boolean {
  return remedy === 'account' || code === '20008';
}

/** What the network said of a call that failed, by the code of its signalling; null where that says nothing. */
export function sipTrouble(code: number): { readonly code: string; readonly sentence: string } | null {
  if ([404, 410, 484, 604].includes(code))
    return { code: UNREACHABLE_NUMBER, sentence: 'The network says that there is no such number.' };
  if (code === 403 || code === 603)
    return { code: `sip-${code}`, sentence: 'The call was declined on its way.' };
  if (code >= 500) return { code: `sip-${code}`, sentence: 'The network could not carry the call.' };
  return null;
}

function codeOf(code: number, remedy: Remedy): string {
  return remedy === 'number' ? UNREACHABLE_NUMBER : String(code);
}

function present(code: number): TwilioTrouble {
  return BY_CODE.get(code)!;
}
