import { CircleQuestionMark } from 'lucide-react';
import { useState } from 'react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { useHandedOver } from '../../data/dial-box.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button, type ButtonProps } from '../../ui/Button.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { hasCallButtons } from './desk-face.ts';
import { DialBox } from './DialBox.tsx';
import { FollowUpsDue } from '../meaning/FollowUpsDue.tsx';
import { OwnDay } from './OwnDay.tsx';
import { Region } from './Region.tsx';

/** Who comes next and why, and how the day has gone. */
export function BottomStrip({ desk }: { desk: DeskView }) {
  return (
    <Region
      label="Next up"
      className="flex min-h-9 shrink-0 items-center gap-3 border-t bg-sunken px-3 text-sm"
    >
      <NextUp nextUp={desk.nextUp} />
      <div className="ml-auto flex shrink-0 items-center gap-3">
        <FollowUpsDue />
        <DialByHand desk={desk} />
        <OwnDay today={desk.today} />
      </div>
    </Region>
  );
}

function NextUp({ nextUp }: { nextUp: DeskView['nextUp'] }) {
  if (nextUp.length === 0) return <p className="truncate text-muted">Nobody else is waiting right now.</p>;
  return (
    <>
      <Popover title="Why this order?" side="top" trigger={<WhyButton />}>
        <ol className="flex flex-col gap-1">
          {nextUp.map((next) => (
            <li key={next.enrolmentId}>
              <span className="font-medium">{next.name}</span>
              <span className="block text-sm text-muted">{next.why}</span>
            </li>
          ))}
        </ol>
        <p className="mt-2 border-t pt-2 text-sm text-muted">
          Promises come first, then whoever has waited longest. Each of them is weighed once more the moment
          before they are rung.
        </p>
      </Popover>
      <ol className="flex h-[1.5em] min-w-0 flex-wrap gap-x-4 overflow-hidden">
        {nextUp.map((next) => (
          <li key={next.enrolmentId} className="max-w-full truncate">
            <span className="font-medium">{next.name}</span> <span className="text-muted">{next.why}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function WhyButton(props: ButtonProps) {
  return (
    <Button {...props} size="sm" variant="ghost" className="-ml-2 font-semibold text-muted">
      Next up
      <CircleQuestionMark aria-hidden className="size-[1.1em]" />
      <span className="sr-only">: why this order?</span>
    </Button>
  );
}

/** The box for a number typed by hand; a link from elsewhere opens it filled in. */
function DialByHand({ desk }: { desk: DeskView }) {
  const handed = useHandedOver();
  const [open, setOpen] = useState(handed.text !== '');
  const isCall =
    desk.session !== null && (hasCallButtons(desk.session.state) || desk.session.state.kind === 'wrap-up');
  const whyNot = isCall ? 'Finish this call first; then dial by hand.' : null;
  const [seen, setSeen] = useState(handed.nth);
  if (seen !== handed.nth) {
    setSeen(handed.nth);
    if (handed.text !== '') setOpen(true);
  }
  useKeys('screen', [
    {
      id: 'dial.by-hand',
      keys: ['d', 'alt+d'],
      title: 'Dial a number by hand',
      run: () => setOpen(true),
      whyNot,
    },
  ]);
  if (whyNot !== null) {
    return (
      <Button size="sm" variant="ghost" shortcut="d" disabledReason={whyNot}>
        Dial a number
      </Button>
    );
  }
  return (
    <Popover
      title="Dial a number"
      side="top"
      align="end"
      open={open}
      onOpenChange={setOpen}
      returnsFocus={false}
      trigger={
        <Button size="sm" variant="ghost" shortcut="d">
          Dial a number
        </Button>
      }
    >
      <DialBox desk={desk} onDialed={() => setOpen(false)} />
    </Popover>
  );
}
