import { expect, test } from 'vitest';
import type { DeskView } from '../../shared/contract/desk.ts';
import type { SessionState } from '../../shared/domain/session.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { trayFace } from './tray-words.ts';

const attemptId = '0190a5c4-7c1e-7000-8000-000000000001';
const timeOf = () => '14:05';

function deskIn(state: SessionState, pauseAfter: string | null = null) {
  const session = { id: 1, campaignId: 1, campaign: 'Practice', mode: 'power', since: 0 as Instant };
  return {
    session: { ...session, state, pauseAfter, wrapUpEndsAt: null },
    contact: { name: 'Maria Lopez', numbers: [{ shown: '(503) 555-0100' }] },
    call: { number: '(503) 555-0100' },
  } as unknown as DeskView;
}

const wishes = (desk: DeskView | null) =>
  trayFace(desk, timeOf).lines.flatMap((line) =>
    line.kind === 'wish' ? [`${line.label}${line.enabled ? '' : ' (off)'}`] : [],
  );

test('a desk that nobody started offers to start', () => {
  expect(trayFace(null, timeOf)).toMatchObject({ icon: 'idle', toolTip: 'Parley: Not started' });
  expect(wishes(null)).toEqual(['Start a session…', 'Open Parley', 'Quit Parley']);
});

test('in a call the tray names it, and its menu can hang up and pause afterwards', () => {
  const desk = deskIn({ kind: 'connected', attemptId });
  expect(trayFace(desk, timeOf)).toMatchObject({
    icon: 'connected',
    toolTip: 'Parley: Connected · Maria Lopez',
  });
  expect(trayFace(desk, timeOf).lines[0]).toEqual({
    kind: 'state',
    label: 'Connected · Maria Lopez, since 14:05',
  });
  expect(wishes(desk).slice(0, 2)).toEqual(['Pause after this call', 'Hang up']);
});

test('a pause that waits for the end of the call can be taken back', () => {
  expect(wishes(deskIn({ kind: 'ringing', attemptId }, 'Lunch'))[0]).toBe('Resume');
});

test('a paused desk says why, offers to resume and has nothing to hang up', () => {
  const desk = deskIn({ kind: 'paused', reason: 'Lunch' });
  expect(trayFace(desk, timeOf).toolTip).toBe('Parley: Paused: Lunch');
  expect(wishes(desk).slice(0, 2)).toEqual(['Resume', 'Hang up (off)']);
});

test('no face of the tray shows a number', () => {
  for (const kind of ['dialing', 'ringing', 'connected', 'on-hold', 'trouble'] as const) {
    const shown = JSON.stringify(trayFace(deskIn({ kind, attemptId, what: '' }), timeOf));
    expect(shown).not.toMatch(/\d{4}/);
  }
});
