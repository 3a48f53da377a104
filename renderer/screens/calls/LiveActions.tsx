import { CallActions } from '../live/CallActions.tsx';
import { useBoard } from '../live/use-board.ts';
import { Part } from './CallDrawer.tsx';

/** What may be done to a call that is not over: the same as on the live board. */
export function LiveActions({ callId }: { callId: number }) {
  const { data: board } = useBoard();
  const call = board?.calls.find(({ id }) => id === callId);
  if (board === undefined || call === undefined) return null;
  return (
    <Part title="While it goes on">
      <CallActions call={call} can={board.can} ownPhone={board.ownPhone} withNames withKeys={false} />
    </Part>
  );
}
