import { useHello } from '../../data/hello.ts';
import { CopyButton } from '../../ui/ErrorState.tsx';
import { Group } from './Group.tsx';

const SECRETS_WORD = {
  keyring: 'In the keyring of this system',
  'session-only': 'Only until Parley is closed',
  none: 'Nowhere',
} as const;

export function Storage() {
  const { dataDir, secrets } = useHello();
  return (
    <>
      <Group
        title="Where everything is kept"
        note="One folder on this computer. Copying it while Parley is closed is a full backup."
      >
        <p className="flex flex-wrap items-center gap-2">
          <code className="rounded-sm bg-sunken px-2 py-1 break-all select-text">{dataDir}</code>
          <CopyButton text={dataDir} label="Copy the path" />
        </p>
      </Group>
      <Group title="Credentials">
        <p>
          <span className="font-medium">{SECRETS_WORD[secrets.state]}.</span> {secrets.sentence}
        </p>
      </Group>
    </>
  );
}
