import {
  cadenceInWords,
  plannedInstants,
  readCadence,
  readTime,
  remarkInWords,
  timeText,
} from '../../shared/domain/cadence.ts';
import { ok, refused } from '../../shared/lib/result.ts';
import { localTime } from '../../shared/lib/zoned-time.ts';
import { zoneTrouble } from '../../shared/lib/zones/names.ts';
import { type Command, JSON_OPTION, isoText, readCount, shownIn } from './command.ts';

const COUNT_MAX = 1_000;

/** The instants at which a routine calls, with what the clocks there do to them. */
export const when: Command = {
  name: 'when',
  usage: '--cadence weekdays --time 09:30 --zone America/New_York [--from 2026-11-20] [--count 10]',
  about: 'the instants at which a routine calls, and what changing clocks do to them',
  options: [
    { name: 'cadence', value: 'DAYS', about: 'daily, weekdays, weekends, or days such as mon,wed' },
    { name: 'time', value: 'HH:MM', about: 'the time of day, by the clock there' },
    { name: 'zone', value: 'ZONE', about: 'the place, such as America/New_York' },
    { name: 'from', value: 'DATE', about: 'the first date that counts; left out, today there' },
    { name: 'count', value: 'N', about: `how many, 1 to ${COUNT_MAX}; left out, 10` },
    JSON_OPTION,
  ],
  async run({ words, value }, { clock }) {
    if (words.length > 0) return refused(`“${words[0]}” says nothing here. Everything goes by its option.`);
    const [days, time, zone] = [value('cadence'), value('time'), value('zone')];
    if (days === null || time === null || zone === null)
      return refused('Say which days, at what time and where: --cadence, --time and --zone are needed.');
    const trouble = zoneTrouble(zone);
    if (trouble !== null) return refused(trouble);
    const cadence = readCadence(days);
    if (!cadence.ok) return cadence;
    const minute = readTime(time);
    if (!minute.ok) return minute;
    const count = readCount(value('count') ?? '10', '--count', COUNT_MAX);
    if (!count.ok) return count;
    const from = value('from') ?? localTime(clock.now(), zone).date;
    const planned = plannedInstants(
      { cadence: cadence.value, minute: minute.value, zone },
      from,
      count.value,
    );
    if (!planned.ok) return planned;
    const rows = planned.value.map(({ date, at, remark }) => ({
      date,
      at: isoText(at),
      there: shownIn(at, zone),
      remark,
      note: remark === null ? null : remarkInWords(remark),
    }));
    return ok({
      json: { cadence: days, time: timeText(minute.value), zone, from, planned: rows },
      lines: [
        `${timeText(minute.value)} ${cadenceInWords(cadence.value)}, ${zone}:`,
        ...rows.map(({ there, at, note }) => `  ${there}  ${at}${note === null ? '' : `  ${note}`}`),
      ],
    });
  },
};
