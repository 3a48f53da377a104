import { Fragment } from 'react';
import { keyCaps, keysInWords } from '../keys/chord.ts';
import { useShownKeys } from '../keys/KeysProvider.tsx';
import { runsOnMac } from '../keys/platform.ts';
import { cn } from './cn.ts';

interface KbdProps {
  /** As in a binding: `mod+k`, `g d`, `?`. */
  keys: string;
  /** These very keys, and not what a person may have chosen instead of them. */
  exact?: boolean | undefined;
  /** On a filled button or a banner, where the cap takes the colour of the text. */
  onFill?: boolean | undefined;
  /** A spoken name, where nothing else says the keys. Inside a button `aria-keyshortcuts` does. */
  spoken?: boolean | undefined;
  className?: string | undefined;
}

/** Keys as caps, named as this platform names them; where a person chose others, those. */
export function Kbd({ keys: named, exact, onFill, spoken, className }: KbdProps) {
  const isMac = runsOnMac();
  const shown = useShownKeys(named);
  const keys = exact === true ? named : shown;
  return (
    <span className={cn('inline-flex shrink-0 items-center gap-[3px]', className)}>
      {spoken === true && <span className="sr-only">{keysInWords(keys, isMac)}</span>}
      {keyCaps(keys, isMac).map((caps, press) => (
        <Fragment key={caps.join('+') + press}>
          {press > 0 && (
            <span aria-hidden className={cn('text-xs', onFill !== true && 'opacity-70')}>
              then
            </span>
          )}
          {caps.map((cap) => (
            <Cap key={cap} cap={cap} onFill={onFill === true} />
          ))}
        </Fragment>
      ))}
    </span>
  );
}

function Cap({ cap, onFill }: { cap: string; onFill: boolean }) {
  return (
    <kbd
      aria-hidden
      className={cn(
        'inline-flex h-[1.45em] min-w-[1.45em] items-center justify-center rounded-sm border px-[0.3em] [font-family:inherit] text-xs leading-none font-medium',
        onFill ? 'border-current/45' : 'border-line bg-sunken text-muted',
      )}
    >
      {cap}
    </kbd>
  );
}
