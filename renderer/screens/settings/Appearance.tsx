import { DENSITIES, THEMES, type Preferences } from '../../../shared/domain/preferences.ts';
import { useHello } from '../../data/hello.ts';
import { useSetPreferences } from '../../data/preferences.ts';
import { SegmentedControl, Switch } from '../../ui/Choices.tsx';
import { Group } from './Group.tsx';

const THEME_LABEL: Record<Preferences['theme'], string> = { system: 'System', light: 'Light', dark: 'Dark' };
const DENSITY_LABEL: Record<Preferences['density'], string> = {
  compact: 'Compact',
  regular: 'Regular',
  relaxed: 'Relaxed',
};

const IDLE_MINUTES = [0, 5, 15, 30];

export function Appearance() {
  const { preferences, me } = useHello();
  const set = useSetPreferences();
  return (
    <>
      <Group title="How it looks" note="Kept with you, not with this computer.">
        <SegmentedControl
          label="Theme"
          hideLabel={false}
          value={preferences.theme}
          onChange={(theme) => void set({ theme })}
          options={THEMES.map((value) => ({ value, label: THEME_LABEL[value] }))}
        />
        <SegmentedControl
          label="Rows and text"
          hideLabel={false}
          value={preferences.density}
          onChange={(density) => void set({ density })}
          options={DENSITIES.map((value) => ({ value, label: DENSITY_LABEL[value] }))}
        />
      </Group>
      <Group title="What it says">
        <Switch
          label="Sounds"
          description="Short tones when somebody picks up, when a call ends and when there is trouble."
          checked={preferences.sounds}
          onChange={(sounds) => void set({ sounds })}
        />
        <Switch
          label="Quiet on connect"
          description="A screen reader stays silent when somebody picks up; a short tone tells it instead."
          checked={preferences.quietOnConnect}
          onChange={(quietOnConnect) => void set({ quietOnConnect })}
        />
      </Group>
      <Group
        title="When you are away"
        note={me?.hasPin ? 'Never in a call.' : 'Needs a PIN: set yours under People.'}
      >
        <SegmentedControl
          label="Lock the screen"
          hideLabel={false}
          value={String(preferences.idleLockMinutes)}
          onChange={(minutes) => void set({ idleLockMinutes: Number(minutes) })}
          options={IDLE_MINUTES.map((minutes) => ({
            value: String(minutes),
            label: minutes === 0 ? 'Never' : `After ${minutes} min`,
          }))}
        />
      </Group>
    </>
  );
}
