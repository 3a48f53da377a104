import type { DeskView } from '../../../shared/contract/desk.ts';
import { cn } from '../../ui/cn.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RelativeTime } from '../../ui/Duration.tsx';
import { RECOVERED, SLEPT, type Session, TIME_RAN_OUT } from './desk-face.ts';
import { Region } from './Region.tsx';
import { clockIn, dayIn, ownZone } from './times.ts';
import { useWishes } from './use-wishes.ts';

interface NobodyInHandProps {
  desk: DeskView;
  session: Session;
  className?: string | undefined;
}

/** The place of the contact and the script while there is neither, and why. */
export function NobodyInHand({ desk, session, className }: NobodyInHandProps) {
  const wishes = useWishes();
  const { state } = session;
  return (
    <Region label="Contact" className={cn('flex min-h-0 flex-col justify-center overflow-y-auto', className)}>
      {state.kind === 'paused' ? (
        <EmptyState sentence={pauseSentence(state.reason)} />
      ) : desk.waiting === null ? (
        <EmptyState sentence="Looking for the next contact…" />
      ) : (
        <EmptyState
          sentence={
            <>
              <span className="block text-lg text-text">{desk.waiting.sentence}</span>
              {desk.waiting.until !== null && <Until at={desk.waiting.until} />}
            </>
          }
          otherwise={{ label: 'End session', run: wishes.stop }}
        />
      )}
    </Region>
  );
}

function Until({ at }: { at: NonNullable<NonNullable<DeskView['waiting']>['until']> }) {
  const zone = ownZone();
  return (
    <span className="mt-2 block">
      Parley looks again <RelativeTime at={at} className="font-medium text-text" />, on {dayIn(at, zone)} at{' '}
      {clockIn(at, zone)} your time, and goes on by itself.
    </span>
  );
}

function pauseSentence(reason: string): string {
  if (reason === RECOVERED) {
    return 'Parley stopped and was started again while you were in a session. Nothing was rung meanwhile, and every note and outcome is where you left it.';
  }
  if (reason === TIME_RAN_OUT) {
    return 'The wrap-up time of your last call ran out, so nothing more was rung. Nothing was filed in your name.';
  }
  if (reason === SLEPT) {
    return 'The computer slept. Nothing was rung meanwhile, and what became of your last call was asked first.';
  }
  return `You are away: ${reason}. Nobody is rung, and your place in the campaign is kept.`;
}
