import type { Zone } from '../lib/zoned-time.ts';
import { type CampaignRules, type DialMode, type DayWindow, usualRules } from './campaign.ts';
import type { ScriptBlock } from './script.ts';

/** What a new campaign may start from. */
export interface CampaignTemplate {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly mode: DialMode;
  readonly rules: (zone: Zone) => CampaignRules;
  readonly script: readonly ScriptBlock[];
}

const HOUR_MS = 3_600_000;

export const CAMPAIGN_TEMPLATES: readonly CampaignTemplate[] = [
  {
    id: 'customer-calls',
    name: 'Customer calls',
    about: 'An agent looks at each customer first, then rings. Weekdays from nine to six, three attempts.',
    mode: 'preview',
    rules: (zone) => ({
      ...usualRules(zone),
      windows: onDays([1, 2, 3, 4, 5], 9, 18),
      frequency: 'daily',
      attemptsMax: 3,
      order: 'oldest',
      wrapUpMs: 120_000,
    }),
    script: [
      {
        title: 'Opening',
        text: 'Hello {{first name|there}}, this is {{my name}}. You are a customer of ours, and I ring to ask how things are going. Is this a good moment?',
      },
      { title: 'Ask', text: 'What has worked well for {{company|you}}? And what should we do better?' },
      { title: 'Close', text: 'Thank you, {{first name|and goodbye}}. I have written that down.' },
    ],
  },
  {
    id: 'ai-reminder',
    name: 'AI reminder',
    about:
      'A voice reminds people of an appointment, without an agent. Only people who agreed to that are rung, once a day.',
    mode: 'power',
    rules: (zone) => ({
      ...usualRules(zone),
      windows: onDays([1, 2, 3, 4, 5, 6], 10, 19),
      frequency: 'daily',
      attemptsMax: 2,
      retryMs: { 'no-answer': 3 * HOUR_MS, busy: HOUR_MS, voicemail: 24 * HOUR_MS },
      order: 'priority',
      voice: 'ai',
      wrapUpMs: 0,
    }),
    script: [
      {
        title: 'Reminder',
        text: 'Hello {{first name|there}}. This is a computer voice calling for {{company|us}}, to remind you of your appointment {{appointment|soon}}. To be called no more, say stop.',
      },
    ],
  },
  {
    id: 'lead-follow-up',
    name: 'Lead follow-up',
    about:
      'New people first, one after the other. Weekdays from nine to seven, six attempts spread over the day.',
    mode: 'power',
    rules: (zone) => ({
      ...usualRules(zone),
      windows: onDays([1, 2, 3, 4, 5], 9, 19),
      attemptsMax: 6,
      attemptsPerDayMax: 2,
      order: 'fresh',
    }),
    script: [
      {
        title: 'Opening',
        text: 'Hi {{first name|there}}, this is {{my name}}. You asked us about our {{interest|offer}}. Do you have two minutes?',
      },
      { title: 'Their need', text: 'What made {{company|you}} look into it now?' },
      { title: 'Next step', text: 'Shall I send you the details today, or would you rather see it first?' },
    ],
  },
];

/** Null for a name nobody knows. */
export function templateNamed(id: string): CampaignTemplate | null {
  return CAMPAIGN_TEMPLATES.find((each) => each.id === id) ?? null;
}

function onDays(weekdays: readonly number[], from: number, to: number): DayWindow[] {
  return weekdays.map((weekday) => ({ weekday, from: from * 60, to: to * 60 }));
}
