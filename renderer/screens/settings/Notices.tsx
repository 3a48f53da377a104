import { useState } from 'react';
import type { Computer } from '../../../shared/contract/standing.ts';
import { TIDING_KINDS, type TidingKind } from '../../../shared/domain/tiding.ts';
import { useHello } from '../../data/hello.ts';
import { useComputer, useSetComputer } from '../../data/standing.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { mayShowOutside } from '../../frame/tidings.ts';
import { Button } from '../../ui/Button.tsx';
import { RadioGroup, Switch } from '../../ui/Choices.tsx';
import { Group } from './Group.tsx';

const KIND: Readonly<Record<TidingKind, readonly [label: string, about: string]>> = {
  'campaign-finished': ['A campaign is done', 'Everybody in it has been reached or is finished.'],
  'campaign-paused': ['A campaign paused itself', 'Too many of its calls failed, and with what reason.'],
  'callback-due': ['A promised callback is due', 'And nobody is free to make it.'],
  'carrier-trouble': ['The carrier is in trouble', 'Calls under way are followed; new ones wait.'],
  'storage-trouble': ['Parley cannot save', 'The disk is full, or does not answer.'],
};

/** What is told when nobody looks at the window, kind by kind. */
export function Notices() {
  const computer = useComputer();
  return (
    <Loaded query={computer} label="Loading the settings" what="The settings could not be read." rows={6}>
      {(known) => <NoticesOf computer={known} />}
    </Loaded>
  );
}

function NoticesOf({ computer }: { computer: Computer }) {
  const set = useSetComputer();
  const { host } = useHello();
  return (
    <>
      <Group
        title="What this computer tells you"
        note="Only while you look elsewhere: whoever has the window in front of them is told there. A press on a notice leads to its place."
      >
        {TIDING_KINDS.map((kind) => (
          <Switch
            key={kind}
            label={KIND[kind][0]}
            description={KIND[kind][1]}
            checked={computer.notices[kind]}
            onChange={(isOn) => void set({ notices: { [kind]: isOn } })}
          />
        ))}
      </Group>
      <Group title="Names in notices" note="A notice may show on a locked screen. It never says a number.">
        <RadioGroup
          label="Names in notices"
          hideLabel
          value={computer.names}
          onChange={(names) => void set({ names })}
          options={[
            { value: 'masked', label: 'Initials only', description: 'M. L. was promised a call by now.' },
            { value: 'full', label: 'Whole names', description: 'Maria Lopez was promised a call by now.' },
          ]}
        />
      </Group>
      {host === 'browser' && <OutsideThePage />}
    </>
  );
}

const PERMISSION: Readonly<Record<ReturnType<typeof mayShowOutside>, string>> = {
  granted: 'This browser shows them outside the page.',
  default: 'This browser has not been asked yet. Until then notices wait in the page.',
  denied: 'This browser was told not to show them. Its own settings for this page can change that.',
  never: 'This browser has no notices. They wait in the page.',
};

/** A browser asks its owner, and only after a press. */
function OutsideThePage() {
  const [permission, setPermission] = useState(mayShowOutside);
  return (
    <Group title="Outside the page" note={PERMISSION[permission]}>
      {permission === 'default' && (
        <Button
          className="self-start"
          onClick={() => void Notification.requestPermission().then(setPermission)}
        >
          Let this browser show them
        </Button>
      )}
    </Group>
  );
}
