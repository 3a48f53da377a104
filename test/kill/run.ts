import { buildParts, killManyTimes, newPlace } from './kills.ts';

/* `node run.ts 200`: so many real kills, and what laws they broke. */

const kills = Number(process.argv[2] ?? 200);
await buildParts();
const place = await newPlace('kills', { contacts: 2_000, agents: 3, background: true, schedules: 200 });
try {
  const began = performance.now();
  const result = await killManyTimes(kills, place, (done) => {
    if (done % 20 === 0)
      console.error(`${done} of ${kills} kills, ${Math.round((performance.now() - began) / 1000)} s`);
  });
  for (const complaint of result.complaints) console.log(complaint);
  for (const { law, sentence } of result.breaches) console.log(`${law}: ${sentence}`);
  console.log(
    `${result.kills} kills and ${result.secondKills} of a second process, ${result.calls} calls (${result.unattended} without an agent), ` +
      `${result.breaches.length} violations, ${result.complaints.length} complaints`,
  );
  process.exitCode = result.breaches.length + result.complaints.length === 0 ? 0 : 1;
} finally {
  place.end();
}
