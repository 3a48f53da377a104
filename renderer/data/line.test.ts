import { expect, test } from 'vitest';
import { type Socket, socketLine } from './line.ts';

interface FakeSocket extends Socket {
  sent: string[];
  heard: Record<string, (event: never) => void>;
}

/** Sockets that the test opens, answers and breaks, and timers it lets run out. */
function aWire() {
  const sockets: FakeSocket[] = [];
  const delays: number[] = [];
  let retry: (() => void) | null = null;
  const line = socketLine({
    connect: () => {
      const sent: string[] = [];
      const heard: Record<string, (event: never) => void> = {};
      const socket = {
        sent,
        heard,
        send: (text: string) => void sent.push(text),
        addEventListener: (type: string, listener: (event: never) => void) => {
          heard[type] = listener;
        },
      };
      sockets.push(socket);
      return socket;
    },
    later: (ms, run) => {
      delays.push(ms);
      retry = run;
    },
  });
  const last = () => sockets.at(-1)!;
  return {
    line,
    delays,
    last,
    opens: () => last().heard.open?.({} as never),
    hears: (frame: unknown) => last().heard.message?.({ data: JSON.stringify(frame) } as never),
    breaks: () => last().heard.close?.({} as never),
    timePasses: () => retry?.(),
  };
}

test('what is asked before the line is up is sent once it is', async () => {
  const wire = aWire();
  const answer = wire.line.ask('app.hello', undefined);
  expect(wire.last().sent).toEqual([]);
  wire.opens();
  expect(wire.last().sent).toEqual(['{"id":1,"call":"app.hello"}']);
  wire.hears({ id: 1, answer: { ok: true, value: 'hi' } });
  expect(await answer).toEqual({ ok: true, value: 'hi' });
});

test('answers find their question whatever order they come in', async () => {
  const wire = aWire();
  wire.opens();
  const first = wire.line.ask('a.b', 1);
  const second = wire.line.ask('a.c', 2);
  wire.hears({ id: 2, answer: { ok: true, value: 'second' } });
  wire.hears({ id: 1, answer: { ok: true, value: 'first' } });
  expect(await first).toMatchObject({ value: 'first' });
  expect(await second).toMatchObject({ value: 'second' });
});

test('a question in the air when the line breaks is refused as lost, and so is one asked while it is down', async () => {
  const wire = aWire();
  wire.opens();
  const inTheAir = wire.line.ask('desk.file', {});
  wire.breaks();
  expect(await inTheAir).toMatchObject({ ok: false, error: { code: 'lost' } });
  expect(await wire.line.ask('desk.file', {})).toMatchObject({ ok: false, error: { code: 'lost' } });
  expect(wire.line.status.getState().state).toBe('lost');
});

test('a question refused as lost is never sent later', async () => {
  const wire = aWire();
  const early = wire.line.ask('desk.dial', {});
  wire.breaks();
  await early;
  wire.timePasses();
  wire.opens();
  expect(wire.last().sent).toEqual([]);
});

test('the line tries again ever more slowly, and at once quickly after it was up', () => {
  const wire = aWire();
  for (let time = 0; time < 7; time += 1) {
    wire.breaks();
    wire.timePasses();
  }
  expect(wire.delays).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  wire.opens();
  wire.breaks();
  expect(wire.delays.at(-1)).toBe(250);
});

test('listeners outlive the socket they were made on', () => {
  const wire = aWire();
  const heard: unknown[] = [];
  const stop = wire.line.listen('app.changed', (frame) => heard.push(frame.payload));
  wire.opens();
  wire.breaks();
  wire.timePasses();
  wire.opens();
  wire.hears({ push: { topic: 'app.changed', seq: 1, payload: 'news' } });
  wire.hears({ push: { topic: 'desk.changed', seq: 1, payload: 'not mine' } });
  stop();
  wire.hears({ push: { topic: 'app.changed', seq: 2, payload: 'too late' } });
  expect(heard).toEqual(['news']);
});
