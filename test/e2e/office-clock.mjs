// Preloaded into a Parley under test: its machine’s clock goes as fast as is wished, from an instant on that all who
// take part know. Timers of half a second and more go as fast; shorter ones are how screens and sockets breathe.

const [beganAt, startedAt, speed] = process.env.PARLEY_TEST_CLOCK.split(',').map(Number);
const machineNow = Date.now.bind(Date);
const wait = globalThis.setTimeout;
const SHORT_MS = 500;

Date.now = () => Math.round(beganAt + (machineNow() - startedAt) * speed);
globalThis.setTimeout = (run, ms = 0, ...rest) => wait(run, ms < SHORT_MS ? ms : ms / speed, ...rest);
