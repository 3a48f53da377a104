import { Link } from '@tanstack/react-router';
import type { Carriers as Told } from '../../../../shared/contract/carriers.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { Banner } from '../../../ui/Banner.tsx';
import { StateBadge } from '../../../ui/Badge.tsx';
import { Group } from '../Group.tsx';
import { Card, CarrierCard } from './CarrierCard.tsx';
import { useCarriers } from './use-carriers.ts';

/** Who carries the calls of this workspace: a card each, in the order in which they are asked. */
export function Carriers() {
  const carriers = useCarriers();
  return (
    <Loaded query={carriers} label="Loading carriers" what="The carriers could not be read." rows={4}>
      {(told) => (
        <Group
          title="Carriers"
          note="A call goes to the first carrier that can make it. The next one is asked only once the one before has said that nobody was rung."
        >
          <Standing told={told} />
          <ul aria-label="Carriers" className="flex flex-col gap-3">
            {told.rows.map((row) => (
              <li key={row.kind}>
                <CarrierCard row={row} order={orderOf(told)} />
              </li>
            ))}
            <li>
              <Simulator isUsed={told.isSimulated} isPractice={told.isPractice} />
            </li>
          </ul>
          {!told.isPractice && <p className="text-sm text-muted">{told.secrets}</p>}
        </Group>
      )}
    </Loaded>
  );
}

function orderOf({ rows }: Told): readonly string[] {
  return rows.flatMap(({ kind, place }) => (place === null ? [] : [kind]));
}

/** What the cards together come to, where that is not that calls simply go out. */
function Standing({ told: { isPractice, isSimulated } }: { told: Told }) {
  if (isPractice)
    return (
      <Banner tone="practice" title="Practice calls reach nobody, whatever is set up elsewhere.">
        <Link to="/settings" search={{ section: 'workspaces' }} className="underline">
          Make a workspace of your own
        </Link>{' '}
        to set up a carrier.
      </Banner>
    );
  if (!isSimulated) return null;
  return (
    <Banner tone="warn" title="No carrier is set up, so calls of this workspace reach nobody.">
      The simulator answers them. Set up a carrier before you import people you want to ring.
    </Banner>
  );
}

function Simulator({ isUsed, isPractice }: { isUsed: boolean; isPractice: boolean }) {
  const until = isPractice ? 'Practice has no other.' : 'It steps aside once a carrier is set up.';
  return (
    <Card
      title="Simulator"
      state={<StateBadge state={isUsed ? 'ready' : 'idle'} word={isUsed ? 'In use' : 'Not in use'} />}
      about={`Invented people answer, on this computer and at no cost. ${until}`}
    />
  );
}
