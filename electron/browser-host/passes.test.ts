import { expect, test } from 'vitest';
import { passes } from './passes.ts';

function rememberedDoor() {
  let prints: readonly string[] = [];
  const open = () =>
    passes({
      prints,
      keep: (next) => {
        prints = [...next];
      },
    });
  return { open, kept: () => prints };
}

test('a page that was let in before is let in after a restart', () => {
  const door = rememberedDoor();
  const before = door.open();
  const cookie = before.redeem(before.issueTicket())!;
  expect(door.open().holds(cookie)).toBe(true);
});

test('a ticket that was never spent opens nothing after a restart', () => {
  const door = rememberedDoor();
  const ticket = door.open().issueTicket();
  expect(door.open().redeem(ticket)).toBeNull();
});

test('what is kept on disk opens nothing', () => {
  const door = rememberedDoor();
  const opened = door.open();
  const cookie = opened.redeem(opened.issueTicket())!;
  expect(door.kept()).toHaveLength(1);
  expect(door.kept()).not.toContain(cookie);
  expect(door.open().holds(door.kept()[0]!)).toBe(false);
});

test('the seventeenth browser turns the first one out', () => {
  const { open } = rememberedDoor();
  const door = open();
  const cookies = Array.from({ length: 17 }, () => door.redeem(door.issueTicket())!);
  expect(cookies.map((cookie) => door.holds(cookie))).toEqual([false, ...Array<boolean>(16).fill(true)]);
});
