import type { ScheduleSettings } from '../../shared/contract/schedules.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { readPhone, showPhone } from '../../shared/domain/phone.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { CALLER_ID, PER_MINUTE, perMinuteIn } from '../dialer/jobs.ts';
import type { Kernel } from '../kernel.ts';
import { setSetting, setting } from '../store/settings.ts';
import { audited } from './audited.ts';
import { refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';

/** How scheduled calls are made: how many a minute at most, and which number they show. */
export function scheduleSettings({ db, home }: Kernel): ScheduleSettings {
  const callerId = setting(db, 'workspace', CALLER_ID);
  return {
    callsPerMinute: perMinuteIn(db),
    callerId:
      typeof callerId === 'string' && callerId !== '' ? showPhone(callerId as E164, home.country) : '',
  };
}

export function saveScheduleSettings(
  rooms: Rooms,
  kernel: Kernel,
  { callsPerMinute, callerId }: ScheduleSettings,
): Answer<ScheduleSettings> {
  const { db, home } = kernel;
  const typed = callerId.trim();
  const phone = typed === '' ? null : readPhone(typed, home.country);
  if (phone !== null && !phone.ok)
    return refuse('bad-arguments', `The number we show cannot be kept. ${phone.error.sentence}`);
  const before = scheduleSettings(kernel);
  const after = { callsPerMinute, callerId: phone?.value ?? '' };
  audited(
    rooms,
    { action: 'schedule.settings', subject: 'schedules', subjectId: null, before, after },
    () => {
      setSetting(db, 'workspace', PER_MINUTE, callsPerMinute);
      setSetting(db, 'workspace', CALLER_ID, phone?.value ?? null);
    },
  );
  kernel.scheduler.wake();
  return { ok: true, value: scheduleSettings(kernel) };
}
