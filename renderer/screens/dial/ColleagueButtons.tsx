import { PhoneForwarded, UserMinus, Users } from 'lucide-react';
import type { Consult } from '../../../shared/domain/session.ts';
import { consultIn } from '../../../shared/domain/session.ts';
import { Button } from '../../ui/Button.tsx';
import type { Session, SessionState, Whys } from './desk-face.ts';
import { useWishes } from './use-wishes.ts';

interface ColleagueButtonsProps {
  session: Session;
  asked: Consult;
  why: Whys;
}

/** While a colleague is asked these stand in place of the transfer: all three together, and handing over. */
export function ColleagueButtons({ session, asked, why }: ColleagueButtonsProps) {
  const wishes = useWishes();
  const isAllThree = asked.colleague === 'there' && session.state.kind === 'connected';
  return (
    <>
      {isAllThree ? (
        <Button size="sm" icon={<UserMinus />} shortcut="a" onClick={wishes.takeBack}>
          Let {asked.to} go
        </Button>
      ) : (
        <Button
          size="sm"
          icon={<Users />}
          shortcut="a"
          disabledReason={why.allThree}
          onClick={() => wishes.hold(false)}
        >
          All three
        </Button>
      )}
      <Button
        size="sm"
        variant="primary"
        icon={<PhoneForwarded />}
        shortcut="t"
        disabledReason={why.handOver}
        onClick={wishes.handOver}
      >
        Hand over
      </Button>
    </>
  );
}

/** Taking the contact back lets a colleague go who was asked. */
export function holdOrBack(wishes: ReturnType<typeof useWishes>, state: SessionState): void {
  if (state.kind !== 'on-hold') wishes.hold(true);
  else if (consultIn(state) === null) wishes.hold(false);
  else wishes.takeBack();
}
