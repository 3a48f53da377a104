import { expect, test } from 'vitest';
import type { DeskView } from '../../shared/contract/desk.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { ok, refused } from '../../shared/lib/result.ts';
import { createDeskMirror } from './desk-mirror.ts';

const aDesk = (dials: number) => ({ today: { dials } }) as DeskView;

function aMirror() {
  const asked: ((answer: Answer<DeskView>) => void)[] = [];
  let push: (view: DeskView, gap: boolean) => void = () => undefined;
  const mirror = createDeskMirror({
    view: () => new Promise((resolve) => asked.push(resolve)),
    changed: (listener) => {
      push = listener;
      return () => undefined;
    },
  });
  mirror.follow();
  return { mirror, asked, push: (dials: number, gap = false) => push(aDesk(dials), gap) };
}

test('the desk is what the first snapshot says, and then what each push says', async () => {
  const { mirror, asked, push } = aMirror();
  const asking = mirror.refresh();
  asked[0]!(ok(aDesk(1)));
  await asking;
  expect(mirror.getState().view?.today.dials).toBe(1);
  push(2);
  expect(mirror.getState().view?.today.dials).toBe(2);
});

test('a snapshot that a push has overtaken never puts the desk back', async () => {
  const { mirror, asked, push } = aMirror();
  const asking = mirror.refresh();
  push(5);
  asked[0]!(ok(aDesk(4)));
  await asking;
  expect(mirror.getState().view?.today.dials).toBe(5);
});

test('a gap in the pushes asks for a snapshot', () => {
  const { asked, push } = aMirror();
  push(1);
  expect(asked).toHaveLength(0);
  push(4, true);
  expect(asked).toHaveLength(1);
});

test('a refusal keeps the desk that was known and says what is wrong', async () => {
  const { mirror, asked, push } = aMirror();
  push(3);
  const asking = mirror.refresh();
  asked[0]!(refused({ code: 'lost', sentence: 'Not answering.' }));
  await asking;
  expect(mirror.getState()).toMatchObject({ view: { today: { dials: 3 } }, trouble: { code: 'lost' } });
});

test('a snapshot asked for one person is not shown to the next', async () => {
  const { mirror, asked } = aMirror();
  const asking = mirror.refresh();
  mirror.forget();
  asked[0]!(ok(aDesk(9)));
  await asking;
  expect(mirror.getState().view).toBeNull();
});
