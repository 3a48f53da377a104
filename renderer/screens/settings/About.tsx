import { useHello } from '../../data/hello.ts';
import { CopyButton } from '../../ui/ErrorState.tsx';
import { Group } from './Group.tsx';

const HOST_WORD = {
  electron: 'as a desktop app',
  browser: 'in a browser, served by this computer to itself',
  test: 'in a test',
} as const;

export function About() {
  const { version, host, workspace, carrier, zones } = useHello();
  const facts = [
    `Parley ${version}, running ${HOST_WORD[host]}.`,
    `Workspace ${workspace?.name ?? 'none'}${workspace?.kind === 'practice' ? ', for practice' : ''}.`,
    carrier?.sentence ?? 'No carrier is set up.',
    zones.doubt ?? `Time zones of the world: release ${zones.release}, up to date as far as Parley can tell.`,
  ];
  return (
    <Group title="Parley">
      <ul className="flex flex-col gap-1 select-text">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <div>
        <CopyButton text={facts.join('\n')} label="Copy for support" />
      </div>
    </Group>
  );
}
