import type { Law } from '../../../../shared/contract/law.ts';
import { useClient } from '../../../data/client.tsx';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { Combobox } from '../../../ui/Combobox.tsx';
import { Group } from '../Group.tsx';
import { useLawWish } from './use-law.ts';

/** The state at our own end of a call: recording goes by the stricter of both ends. */
export function HomeState({ law }: { law: Law }) {
  const client = useClient();
  const wish = useLawWish();
  const notAllowed = useWhyNotAllowed('supervisor');
  return (
    <Group
      title="Where you call from"
      note="Whether a call may be recorded goes by the law at both ends, and the stricter of them wins."
    >
      <Combobox
        className="w-72"
        label="Your state"
        value={law.home.state}
        disabled={notAllowed !== null}
        onChange={(state) =>
          void wish(
            client.law.setHomeState({ state }),
            'Recording goes by the law of this state from now on.',
          )
        }
        options={law.states.map(({ code, name }) => ({ value: code, label: name }))}
        placeholder="Not named"
      />
    </Group>
  );
}
