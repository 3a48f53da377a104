import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Screen } from '../../frame/Screen.tsx';
import { SideTabs } from '../../ui/SideTabs.tsx';
import { About } from './About.tsx';
import { Appearance } from './Appearance.tsx';
import { AuditTrail } from './AuditTrail.tsx';
import { Devices } from './Devices.tsx';
import { Carriers } from './carriers/Carriers.tsx';
import { Connection } from './Connection.tsx';
import { Keeping } from './recordings/Keeping.tsx';
import { MeaningSettings } from '../meaning/MeaningSettings.tsx';
import { Keys } from './Keys.tsx';
import { Messages } from './messages/Messages.tsx';
import { Notices } from './Notices.tsx';
import { People } from './People.tsx';
import { Outcomes } from './Outcomes.tsx';
import { CallingRules } from './rules/CallingRules.tsx';
import { Storage } from './Storage.tsx';
import { ThisComputer } from './ThisComputer.tsx';
import { Workspaces } from './Workspaces.tsx';

const GROUPS = [
  { title: 'You', sections: ['appearance', 'devices', 'keys', 'notices'] },
  {
    title: 'Calling',
    sections: ['carriers', 'connection', 'rules', 'outcomes', 'meaning', 'messages', 'recordings'],
  },
  { title: 'Parley here', sections: ['people', 'workspaces', 'computer', 'storage', 'audit', 'about'] },
] as const;

export const SETTINGS_SECTIONS = GROUPS.flatMap(({ sections }) => sections);
type Section = (typeof SETTINGS_SECTIONS)[number];

const LABEL: Record<Section, string> = {
  appearance: 'Appearance and sound',
  devices: 'Devices',
  keys: 'Keys',
  notices: 'Notifications',
  computer: 'This computer',
  people: 'People',
  carriers: 'Carriers',
  connection: 'Connection',
  rules: 'Calling rules',
  outcomes: 'Outcomes',
  meaning: 'Meaning and follow-ups',
  messages: 'Messages',
  recordings: 'Recordings',
  workspaces: 'Workspaces',
  storage: 'Storage',
  audit: 'Audit trail',
  about: 'About',
};
const PANEL: Record<Section, ReactNode> = {
  appearance: <Appearance />,
  devices: <Devices />,
  keys: <Keys />,
  notices: <Notices />,
  computer: <ThisComputer />,
  people: <People />,
  carriers: <Carriers />,
  connection: <Connection />,
  rules: <CallingRules />,
  outcomes: <Outcomes />,
  meaning: <MeaningSettings />,
  messages: <Messages />,
  recordings: <Keeping />,
  workspaces: <Workspaces />,
  storage: <Storage />,
  audit: <AuditTrail />,
  about: <About />,
};

/** Everything that can be set, a tab each. Which one is open stays in the address. */
export function SettingsScreen() {
  const { section = 'appearance' } = useSearch({ from: '/settings' });
  const navigate = useNavigate();
  return (
    <Screen title="Settings" fixed>
      <SideTabs
        label="Settings"
        className="h-full"
        value={section}
        onChange={(next) => void navigate({ to: '/settings', search: { section: next }, replace: true })}
        groups={GROUPS.map(({ title, sections }) => ({ title, tabs: sections.map(tabOf) }))}
      />
    </Screen>
  );
}

function tabOf(value: Section) {
  return { value, label: LABEL[value], panel: <div className="max-w-[58rem] px-5 py-4">{PANEL[value]}</div> };
}
