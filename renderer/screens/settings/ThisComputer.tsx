import { useHello } from '../../data/hello.ts';
import { useComputer, useSetComputer, useStanding } from '../../data/standing.ts';
import { EngineLists, PauseAllButton } from '../../frame/Engine.tsx';
import { Loaded } from '../../frame/Loaded.tsx';
import { Switch } from '../../ui/Choices.tsx';
import { Group } from './Group.tsx';

/** When Parley runs on this computer, and what it does while nobody looks. */
export function ThisComputer() {
  const computer = useComputer();
  const { data: standing } = useStanding();
  const set = useSetComputer();
  const { host } = useHello();
  return (
    <>
      <Group
        title="When you log in"
        note="Campaigns and schedules are called only while Parley runs. What falls due meanwhile is missed, not made up for."
      >
        <Loaded query={computer} label="Loading the settings" what="The settings could not be read." rows={1}>
          {({ opensAtLogin, loginSentence }) =>
            opensAtLogin === null ? (
              <p>{loginSentence}</p>
            ) : (
              <Switch
                label="Open Parley"
                description={loginSentence}
                checked={opensAtLogin}
                onChange={(isOn) => void set({ opensAtLogin: isOn })}
              />
            )
          }
        </Loaded>
      </Group>
      <Group
        title="While nobody looks"
        note={
          host === 'electron'
            ? 'With every window closed Parley goes on in the tray. Before the computer sleeps nothing new begins; after it wakes the carrier is asked first.'
            : 'Parley goes on as long as its program runs, with or without this page.'
        }
      >
        {standing !== undefined && <EngineLists standing={standing} />}
        <div>
          <PauseAllButton />
        </div>
      </Group>
    </>
  );
}
