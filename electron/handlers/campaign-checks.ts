import type { z } from 'zod';
import type { checkShape } from '../../shared/contract/campaigns.ts';
import { openingIn } from '../../shared/domain/calling-window.ts';
import { hoursInWords } from '../../shared/domain/campaign.ts';
import { titleOf } from '../../shared/domain/verdict-words.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { isZone, localTime } from '../../shared/lib/zoned-time.ts';
import { pauseInTheWay } from '../dialer/pause-all.ts';
import type { HeldBack, Standing } from '../dialer/weigh.ts';
import type { Kernel } from '../kernel.ts';
import type { KeptCampaign } from '../store/campaigns.ts';
import { enrolmentCounts } from '../store/enrolments.ts';
import { agentsAtWorkOn } from '../store/sessions.ts';
import { countText } from './campaign-effect.ts';

type Check = z.output<typeof checkShape>;

/** What keeps a campaign from being started, in a sentence; null where nothing does. */
export function whyNotStarted(
  { db, clock }: Kernel,
  { id, name, rules, callerId }: KeptCampaign,
): string | null {
  const counts = enrolmentCounts(db, id);
  if (counts.open + counts['in-hand'] + counts.done + counts.never === 0)
    return `“${name}” has no people yet. Add a list to it first.`;
  if (rules.windows.length === 0)
    return `“${name}” has no hours: with no window open nobody would be rung. Open one first.`;
  if (callerId.trim() === '')
    return `“${name}” has no number to show to those who are rung. Choose one first.`;
  if (rules.voice === 'recorded' && rules.playMessageId === null && rules.message.trim() === '')
    return `“${name}” plays a recording, and there is none yet. Choose a message, or write what it says.`;
  if (rules.endsOn !== null && isZone(rules.zone) && localTime(clock.now(), rules.zone).date > rules.endsOn)
    return `“${name}” ended on ${rules.endsOn}. Give it a later last day first.`;
  return null;
}

/** “Calls are not being made”: everything that can stop them, looked at one by one (row A6). */
export async function checkUp(kernel: Kernel, campaign: KeptCampaign): Promise<Check[]> {
  const standing = await kernel.standings.under(campaign.id, null);
  const checks = [
    isActive(campaign),
    dates(kernel, campaign),
    weekday(kernel, campaign),
    window(kernel, campaign),
    carrier(kernel, campaign),
    atWork(kernel, campaign),
    people(kernel, campaign),
    limit(standing, campaign),
    often(standing, campaign),
    somebody(standing, campaign),
  ];
  return checks;
}

function isActive({ status, id }: KeptCampaign): Check {
  const isRunning = status === 'active';
  const sentence = isRunning
    ? 'The campaign is running.'
    : `The campaign is ${status === 'draft' ? 'a draft that was never started' : status}. Start it to have calls made.`;
  return check('Running', isRunning, sentence, `/campaigns/${id}`);
}

function dates({ clock }: Kernel, { rules, id }: KeptCampaign): Check {
  const { startsOn, endsOn, zone } = rules;
  const today = localTime(clock.now(), isZone(zone) ? zone : 'UTC').date;
  const goTo = `/campaigns/${id}?tab=rules`;
  if (startsOn !== null && today < startsOn) return check('Dates', false, `It begins on ${startsOn}.`, goTo);
  if (endsOn !== null && today > endsOn) return check('Dates', false, `Its last day was ${endsOn}.`, goTo);
  return check('Dates', true, 'Today lies within its dates.', goTo);
}

const DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];

/** A night that began yesterday still counts for the day it began on. */
function weekday({ clock }: Kernel, { rules, id }: KeptCampaign): Check {
  const goTo = `/campaigns/${id}?tab=rules`;
  const now = clock.now();
  const today = localTime(now, isZone(rules.zone) ? rules.zone : 'UTC').weekday;
  const isOpen = isZone(rules.zone) && openingIn(rules.windows, rules.zone, now).open;
  const isDay = isOpen || rules.windows.some((each) => each.weekday === today);
  const day = DAYS[today - 1];
  return check('Weekday', isDay, isDay ? `It rings on ${day}.` : `It does not ring on ${day}.`, goTo);
}

function window({ clock }: Kernel, { rules, id }: KeptCampaign): Check {
  const goTo = `/campaigns/${id}?tab=rules`;
  if (!isZone(rules.zone))
    return check('Hours', false, `Its time zone, “${rules.zone}”, is not known. Choose another.`, goTo);
  const now = clock.now();
  const opening = openingIn(rules.windows, rules.zone, now);
  if (opening.open)
    return check(
      'Hours',
      true,
      `Its hours are open until ${dayAndTime(opening.closesAt, rules.zone)}.`,
      goTo,
    );
  const next =
    opening.opensAt === null ? 'never open' : `open next on ${dayAndTime(opening.opensAt, rules.zone)}`;
  return check(
    'Hours',
    false,
    `Its hours are closed now and ${next} (${hoursInWords(rules)}, ${rules.zone}).`,
    goTo,
  );
}

function carrier(kernel: Kernel, { rules }: KeptCampaign): Check {
  const pause = pauseInTheWay(kernel.db);
  if (pause !== null) return check('All calling', false, pause.sentence, '/live');
  const state = kernel.carrier.readiness();
  if (state.kind !== 'ready') return check('Carrier', false, state.sentence, '/settings');
  if (rules.voice !== 'agent' && !kernel.carrier.can.speaks)
    return check(
      'Carrier',
      false,
      'The carrier cannot speak by itself, and this campaign has no agent on the line.',
      '/settings',
    );
  return check('Carrier', true, 'The carrier takes calls.', null);
}

/** Whoever rings: agents with a session for most campaigns, Parley itself for those without an agent. */
function atWork({ db, background }: Kernel, { id, rules }: KeptCampaign): Check {
  if (rules.voice !== 'agent') {
    const isAlive = background.isAlive();
    const sentence = isAlive
      ? 'The scheduler is at work.'
      : 'The scheduler does not answer. What was saved is safe; restart Parley.';
    return check('Scheduler', isAlive, sentence, null);
  }
  const agents = agentsAtWorkOn(db, id);
  return agents > 0
    ? check('Agents', true, `${agents === 1 ? 'One agent is' : `${agents} agents are`} at work on it.`, null)
    : check(
        'Agents',
        false,
        'No agent is at work on it. Calls begin when somebody starts a session on Dial.',
        '/dial',
      );
}

function people({ db }: Kernel, { id }: KeptCampaign): Check {
  const counts = enrolmentCounts(db, id);
  const open = counts.open + counts['in-hand'];
  const goTo = `/campaigns/${id}?tab=people`;
  if (open > 0) return check('People', true, `${countText(open)} people are still to be called.`, goTo);
  return counts.done + counts.never === 0
    ? check('People', false, 'Nobody is in this campaign. Add a list to it.', goTo)
    : check('People', false, 'Everybody in it has been reached or is finished.', goTo);
}

function limit(standing: Standing | null, { rules, id }: KeptCampaign): Check {
  const goTo = `/campaigns/${id}?tab=rules`;
  const by = heldBy(standing, 'daily-limit');
  if (by !== null) return check('Daily limit', false, by.sentence, goTo);
  const sentence = rules.dailyLimit === null ? 'It has no daily limit.' : 'Its daily limit is not reached.';
  return check('Daily limit', true, sentence, goTo);
}

function often(standing: Standing | null, { rules, id }: KeptCampaign): Check {
  const goTo = `/campaigns/${id}?tab=why`;
  const by = heldBy(standing, 'frequency');
  const isAll = by !== null && standing?.ring.length === 0;
  if (isAll)
    return check(
      'Frequency',
      false,
      `${countText(by.count)} people were called ${rules.frequency === 'weekly' ? 'this week' : 'today'} already, and nobody else is left.`,
      goTo,
    );
  return check('Frequency', true, 'How often it calls each of them does not stop it.', goTo);
}

function somebody(standing: Standing | null, { id }: KeptCampaign): Check {
  const count = standing?.ring.length ?? 0;
  if (count > 0) return check('Somebody to ring', true, `${countText(count)} people may be rung now.`, null);
  const most = standing?.heldBack[0];
  if (most === undefined) return check('Somebody to ring', false, 'There is nobody in it to ring.', null);
  return check(
    'Somebody to ring',
    false,
    `Nobody may be rung now. Most are held back by “${titleOf(most.rule)}” (${countText(most.count)}): ${most.sentence}`,
    most.rule === 'register' ? '/settings?section=rules' : `/campaigns/${id}?tab=why`,
  );
}

function heldBy(standing: Standing | null, rule: HeldBack['rule']): HeldBack | null {
  return standing?.heldBack.find((each) => each.rule === rule) ?? null;
}

function check(what: string, passed: boolean, sentence: string, goTo: string | null): Check {
  return { what, passed, sentence, goTo };
}

const SHORT = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function dayAndTime(at: Instant, zone: string): string {
  const { weekday: day, minute } = localTime(at, zone);
  return `${SHORT[day - 1]} ${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}
