import {
  BRIEF_HUMAN,
  BUSY,
  CALLER_ID_NOT_ALLOWED,
  DROPPED_HUMAN,
  FAILED,
  FAX,
  FULL_VOICEMAIL,
  HUMAN,
  MACHINE_LIKE_HUMAN,
  NOT_A_NUMBER,
  NO_ANSWER,
  PATIENT_HUMAN,
  type Provoked,
  QUICK_HUMAN,
  SILENCE,
  SLOW_HUMAN,
  TOO_MANY_REQUESTS,
  VOICEMAIL,
  VOICEMAIL_AT_ONCE,
  VOICEMAIL_WITHOUT_BEEP,
  type World,
} from './outcomes.ts';

/**
 * What the fictional numbers +1 … 555-01NN do, by NN, whatever the area code. Those not named here, and every
 * other number, draw their fate from the mix.
 */
export const PRACTICE_NUMBERS: Readonly<Record<string, Provoked>> = {
  '00': { says: 'A person answers and talks a while', fate: HUMAN },
  '01': { says: 'A person answers and hangs up soon', fate: BRIEF_HUMAN },
  '02': { says: 'A person answers and talks until you hang up', fate: PATIENT_HUMAN },
  '03': { says: 'A person answers after 22 seconds', fate: SLOW_HUMAN },
  '04': { says: 'A person answers after 3 seconds', fate: QUICK_HUMAN },
  '05': { says: 'A person answers and is taken for a machine', fate: MACHINE_LIKE_HUMAN },
  '06': { says: 'A person answers and the line drops after 20 seconds', fate: DROPPED_HUMAN },

  '10': { says: 'Voicemail with a beep', fate: VOICEMAIL },
  '11': { says: 'Voicemail at once: the phone is off', fate: VOICEMAIL_AT_ONCE },
  '12': { says: 'Voicemail without a beep', fate: VOICEMAIL_WITHOUT_BEEP },
  '13': { says: 'Voicemail that is full and hangs up', fate: FULL_VOICEMAIL },
  '14': { says: 'A fax machine', fate: FAX },
  '15': { says: 'Someone or something that stays silent', fate: SILENCE },

  '20': { says: 'Busy', fate: BUSY },
  '21': { says: 'Rings and is never answered', fate: NO_ANSWER },
  '22': { says: 'Fails: not in service', fate: FAILED },

  '30': { says: 'Refused: the carrier cannot reach it', fate: NOT_A_NUMBER },
  '31': { says: 'Refused for now: too many requests', fate: TOO_MANY_REQUESTS },
  '32': { says: 'Refused: caller ID not allowed', fate: CALLER_ID_NOT_ALLOWED },

  '40': { says: 'Unclear: times out, and the call was taken', fate: HUMAN, place: 'timeout-after' },
  '41': { says: 'Unclear: times out, and there is no call', fate: HUMAN, place: 'timeout-before' },
  '42': { says: 'Unclear: the carrier stumbles after taking the call', fate: HUMAN, place: '5xx-after' },
  '43': { says: 'Unclear: the carrier stumbles before taking the call', fate: HUMAN, place: '5xx-before' },
  '44': {
    says: 'Unclear: times out, and the call turns up only later',
    fate: HUMAN,
    place: 'timeout-after',
    faults: { turnsUpLate: 1 },
  },

  '50': { says: 'A person; every event arrives twice', fate: HUMAN, faults: { duplicate: 1 } },
  '51': { says: 'A person; every event is late', fate: HUMAN, faults: { late: 1 } },
  '52': { says: 'A person; events overtake each other', fate: HUMAN, faults: { reorder: 1 } },
  '53': { says: 'A person; every event is lost, only asking helps', fate: HUMAN, faults: { lose: 1 } },
  '54': { says: 'Busy; every event is lost, only asking helps', fate: BUSY, faults: { lose: 1 } },
};

/** What practice rings: a fair day at a desk, and numbers for everything that may go wrong. */
export const practiceWorld: World = {
  setUp: { medianMs: 2_400, sigma: 0.4, minMs: 500, maxMs: 8_000 },
  mix: [
    [28, HUMAN],
    [12, BRIEF_HUMAN],
    [19, VOICEMAIL],
    [7, VOICEMAIL_AT_ONCE],
    [2, VOICEMAIL_WITHOUT_BEEP],
    [1, FULL_VOICEMAIL],
    [1, SILENCE],
    [21, NO_ANSWER],
    [6, BUSY],
    [2, FAILED],
    [1, NOT_A_NUMBER],
  ],
  byNumber: Object.fromEntries(
    Object.entries(PRACTICE_NUMBERS).map(([digits, provoked]) => [`55501${digits}`, provoked]),
  ),
  misheardShare: 0.03,
};
