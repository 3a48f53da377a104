import { expect, test } from 'vitest';
import type { DeskView } from '../../shared/contract/desk.ts';
import type { Standing } from '../../shared/contract/standing.ts';
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
  trayFace(desk, null, timeOf).lines.flatMap((line) =>
    line.kind === 'wish' ? [`${line.label}${line.enabled ? '' : ' (off)'}`] : [],
  );

test('a desk that nobody started offers to start', () => {
  expect(trayFace(null, null, timeOf)).toMatchObject({ icon: 'idle', toolTip: 'Parley: Not started' });
  expect(wishes(null)).toEqual(['Start a session…', 'Open Parley', 'Quit Parley']);
});

test('in a call the tray names it, and its menu can hang up and pause afterwards', () => {
  const desk = deskIn({ kind: 'connected', attemptId });
  expect(trayFace(desk, null, timeOf)).toMatchObject({
    icon: 'connected',
    toolTip: 'Parley: Connected · Maria Lopez',
  });
  expect(trayFace(desk, null, timeOf).lines[0]).toEqual({
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
  expect(trayFace(desk, null, timeOf).toolTip).toBe('Parley: Paused: Lunch');
  expect(wishes(desk).slice(0, 2)).toEqual(['Resume', 'Hang up (off)']);
});

test('no face of the tray shows a number', () => {
  for (const kind of ['dialing', 'ringing', 'connected', 'on-hold', 'trouble'] as const) {
    const shown = JSON.stringify(trayFace(deskIn({ kind, attemptId, what: '' }), null, timeOf));
    expect(shown).not.toMatch(/\d{4}/);
  }
});

const NOTHING: Standing = {
  state: 'resting',
  paused: null,
  running: [],
  waiting: [],
  checking: [],
  troubles: [],
  underWay: 0,
  today: 0,
  scheduled: 0,
};
const SPRING = { campaignId: 1, name: 'Spring', voice: 'ai', agents: 0, underWay: 2, today: 84 } as const;
const WINTER = {
  what: 'campaign',
  campaignId: 2,
  name: 'Winter',
  voice: 'recorded',
  at: 0 as Instant,
  why: 'It is night there.',
} as const;

const facts = (standing: Standing) =>
  trayFace(null, standing, timeOf).lines.flatMap((line) => (line.kind === 'fact' ? [line.label] : []));

test('with nobody at the desk the tray tells what runs, and what waits for when and why', () => {
  const standing: Standing = {
    ...NOTHING,
    state: 'running',
    running: [SPRING],
    waiting: [WINTER],
    underWay: 2,
  };
  expect(trayFace(null, standing, timeOf)).toMatchObject({
    icon: 'dialing',
    toolTip: 'Parley: 2 calls under way',
  });
  expect(facts(standing)).toEqual([
    'Spring: 2 calls under way, 84 today',
    'Winter waits for 14:05. It is night there.',
  ]);
});

test('all calling can be paused from the tray, which then shows it, and can resume it', () => {
  const offers = (standing: Standing) =>
    trayFace(null, standing, timeOf).lines.flatMap((line) => (line.kind === 'wish' ? [line.label] : []));
  expect(offers(NOTHING)).toContain('Pause all calling');
  const paused: Standing = { ...NOTHING, state: 'paused', paused: { since: 0 as Instant, by: 'Ann' } };
  expect(offers(paused)).toContain('Resume all calling');
  expect(trayFace(null, paused, timeOf)).toMatchObject({
    icon: 'paused',
    toolTip: 'Parley: All calling paused by Ann since 14:05',
  });
  const inSession = trayFace(deskIn({ kind: 'connected', attemptId }), paused, timeOf);
  expect(inSession).toMatchObject({ icon: 'connected' });
  expect(inSession.toolTip).toContain('All calling paused by Ann');
});

test('trouble is a picture of its own, named in the tool tip and explained in the menu', () => {
  const standing: Standing = {
    ...NOTHING,
    state: 'trouble',
    troubles: [
      {
        kind: 'carrier',
        title: 'The carrier is in trouble',
        sentence: 'The carrier cannot be reached.',
        path: '/settings',
      },
    ],
  };
  expect(trayFace(null, standing, timeOf)).toMatchObject({
    icon: 'trouble',
    toolTip: 'Parley: The carrier is in trouble',
  });
  expect(facts(standing)).toEqual(['The carrier cannot be reached.']);
});

test('what is in doubt is told without a name or a number', () => {
  const checking = [
    { attemptId, since: 0 as Instant, name: 'Maria Lopez', number: '(503) 555-0100', campaign: 'Spring' },
  ];
  expect(facts({ ...NOTHING, checking })).toEqual(['1 call being checked since 14:05']);
});

test('a campaign that waits for agents is no reason to look busy', () => {
  const waiting = [{ ...WINTER, voice: 'agent', at: null, why: 'No agent is at work on it.' } as const];
  expect(trayFace(null, { ...NOTHING, waiting }, timeOf)).toMatchObject({
    icon: 'idle',
    toolTip: 'Parley: Not started',
  });
});

test('long names neither burst the menu nor the tool tip', () => {
  const name = 'x'.repeat(300);
  const face = trayFace(
    null,
    { ...NOTHING, state: 'running', running: [{ ...SPRING, name }], waiting: [] },
    timeOf,
  );
  for (const line of face.lines) if (line.kind === 'fact') expect(line.label.length).toBeLessThanOrEqual(90);
  expect(face.toolTip.length).toBeLessThanOrEqual(127);
});
