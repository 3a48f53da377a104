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

export function Appearance() {
  const { preferences } = useHello();
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
    </>
  );
}
