import { type Rule, type RuleId, RULE_IDS } from './verdict-rule.ts';
import {
  attemptsPerDay,
  attemptsSpent,
  callerId,
  campaignDates,
  campaignNotActive,
  coolDown,
  dailyLimit,
  finished,
  frequency,
} from './verdict-rules-campaign.ts';
import { campaignHours, legalHours, notDue } from './verdict-rules-hours.ts';
import {
  badNumber,
  carrierReady,
  doNotCall,
  legalCaps,
  noConsent,
  numberCaps,
  numberInUse,
  placeUnknown,
} from './verdict-rules-number.ts';
import { register } from './verdict-rules-register.ts';

const all: Readonly<Record<RuleId, Rule>> = {
  'bad-number': badNumber,
  'do-not-call': doNotCall,
  'no-consent': noConsent,
  register,
  'place-unknown': placeUnknown,
  finished,
  'attempts-spent': attemptsSpent,
  'campaign-not-active': campaignNotActive,
  'campaign-dates': campaignDates,
  'daily-limit': dailyLimit,
  'not-due': notDue,
  'campaign-hours': campaignHours,
  'legal-hours': legalHours,
  frequency,
  'attempts-per-day': attemptsPerDay,
  'number-caps': numberCaps,
  'legal-caps': legalCaps,
  'cool-down': coolDown,
  'number-in-use': numberInUse,
  'caller-id': callerId,
  carrier: carrierReady,
};

/** Every rule, in the order of the gate. */
export const RULES: readonly Rule[] = RULE_IDS.map((id) => all[id]);
