import { useNavigate } from '@tanstack/react-router';
import { createElement } from 'react';
import { isInCall } from '../../shared/domain/session.ts';
import { DENSITIES, THEMES } from '../../shared/domain/preferences.ts';
import { useQuery } from '@tanstack/react-query';
import { useClient } from '../data/client.tsx';
import { useDesk, useWish } from '../data/desk.ts';
import { useHello } from '../data/hello.ts';
import { useSetPreferences } from '../data/preferences.ts';
import { answered } from '../data/queries.ts';
import { usePauseAll } from '../data/standing.ts';
import { usePractice } from '../data/use-practice.ts';
import type { Command } from '../keys/CommandPalette.tsx';
import { PLACES } from './places.ts';

/** What the palette offers everywhere: places, the session, how it looks, who works and where. */
export function useCommands(showKeys: () => void): Command[] {
  return [
    ...useSessionCommands(),
    ...useEngineCommands(),
    ...useGoCommands(),
    ...useLookCommands(),
    ...useWhoCommands(showKeys),
  ];
}

function useGoCommands(): Command[] {
  const navigate = useNavigate();
  const places = PLACES.map(({ path, name, keys, icon }) => ({
    id: `go${path}`,
    title: `Go to ${name}`,
    group: 'Go to',
    keys,
    icon: createElement(icon),
    run: () => void navigate({ to: path }),
  }));
  const followUps = {
    id: 'go/follow-ups',
    title: 'Go to Follow-ups',
    group: 'Go to',
    keywords: ['tasks', 'drafts', 'due', 'sequence'],
    run: () => void navigate({ to: '/lists', search: { tab: 'follow-ups' } }),
  };
  return [...places, followUps];
}

function useSessionCommands(): Command[] {
  const desk = useDesk();
  const client = useClient();
  const wish = useWish();
  const navigate = useNavigate();
  const { session } = desk;
  const none = session === null ? 'No session is running.' : null;
  const isPaused = session?.state.kind === 'paused' || (session?.pauseAfter ?? null) !== null;
  const isOn = session !== null && isInCall(session.state);
  return [
    {
      id: 'session.start',
      title: 'Start a session',
      group: 'Session',
      run: () => void navigate({ to: '/dial' }),
      disabledReason: session === null ? null : 'A session is running already.',
    },
    {
      id: 'session.pause',
      title: isOn ? 'Pause after this call' : 'Pause',
      group: 'Session',
      keywords: ['break', 'stop'],
      run: () => void wish(client.desk.pause({ reason: 'Break' })),
      disabledReason: none ?? (isPaused ? 'You are paused already, or will be after this call.' : null),
    },
    {
      id: 'session.resume',
      title: 'Resume',
      group: 'Session',
      keywords: ['continue', 'go on'],
      run: () => void wish(client.desk.resume()),
      disabledReason: none ?? (isPaused ? null : 'You are not paused.'),
    },
    {
      id: 'session.stop',
      title: 'End the session',
      group: 'Session',
      keywords: ['stop', 'finish', 'go home'],
      run: () => void wish(client.desk.stop()),
      disabledReason: none,
    },
    {
      id: 'call.hang-up',
      title: 'Hang up',
      group: 'Session',
      keys: 'ctrl+shift+h',
      run: () => void wish(client.desk.hangUp()),
      disabledReason: isOn ? null : 'Nothing to hang up.',
    },
  ];
}

/** One switch for all that dials by itself; what is under way ends by itself. */
function useEngineCommands(): Command[] {
  const { isPaused, pause, resume, whyNotResume } = usePauseAll();
  const { title, run } = isPaused
    ? { title: 'Resume all calling', run: resume }
    : { title: 'Pause all calling', run: pause };
  return [
    {
      id: 'calling.pause-all',
      title,
      group: 'Calling',
      keywords: ['stop everything', 'emergency', 'campaigns', 'schedules', 'halt'],
      run,
      disabledReason: isPaused ? whyNotResume : null,
    },
  ];
}

function useLookCommands(): Command[] {
  const { preferences } = useHello();
  const set = useSetPreferences();
  return [
    ...THEMES.map((theme) => ({
      id: `theme.${theme}`,
      title: theme === 'system' ? 'Follow the system’s theme' : `Use the ${theme} theme`,
      group: 'Appearance',
      keywords: ['colour', 'color', 'night', 'day', 'appearance'],
      run: () => void set({ theme }),
      disabledReason: preferences.theme === theme ? 'It is in use.' : null,
    })),
    ...DENSITIES.map((density) => ({
      id: `density.${density}`,
      title: `Use ${density} rows`,
      group: 'Appearance',
      keywords: ['density', 'size', 'spacing', 'text'],
      run: () => void set({ density }),
      disabledReason: preferences.density === density ? 'They are in use.' : null,
    })),
    {
      id: 'keys.single',
      title: preferences.singleKeys ? 'Turn single-letter keys off' : 'Turn single-letter keys on',
      group: 'Appearance',
      keywords: ['shortcuts', 'accessibility'],
      run: () => void set({ singleKeys: !preferences.singleKeys }),
    },
  ];
}

function useWhoCommands(showKeys: () => void): Command[] {
  const { me, workspace } = useHello();
  const client = useClient();
  const wish = useWish();
  const workspaces = useQuery({
    queryKey: ['workspaces'],
    queryFn: () => answered(client.workspaces.list()),
  });
  const practice = usePractice();
  const others = (workspaces.data ?? []).filter(
    (each) => each.id !== workspace?.id && each.kind !== 'practice',
  );
  return [
    { id: 'keys.sheet', title: 'Keys that work now', group: 'Help', keys: '?', run: showKeys },
    {
      id: 'lock',
      title: 'Lock',
      group: 'People and workspaces',
      keywords: ['pin', 'away'],
      run: () => void wish(client.people.lock()),
      disabledReason: me?.hasPin === true ? null : 'Give yourself a PIN first, in Settings.',
    },
    {
      id: 'sign-out',
      title: 'Let somebody else work here',
      group: 'People and workspaces',
      keywords: ['sign out', 'switch person', 'log out'],
      run: () => void wish(client.people.signOut()),
    },
    {
      id: 'workspace.practice',
      title: 'Practice',
      group: 'People and workspaces',
      keywords: ['tour', 'demo', 'simulator', 'try'],
      run: () => void practice.open(),
      disabledReason: practice.whyNot,
    },
    ...others.map((each) => ({
      id: `workspace.${each.id}`,
      title: `Switch to ${each.name}`,
      group: 'People and workspaces',
      keywords: ['workspace', each.kind],
      run: () => void wish(client.workspaces.open({ id: each.id })),
    })),
  ];
}
