import { Link } from '@tanstack/react-router';
import { cn } from '../ui/cn.ts';
import { Tooltip } from '../ui/Tooltip.tsx';
import { Checklist } from './Checklist.tsx';
import { PLACES } from './places.ts';

const SETTINGS = PLACES.find(({ path }) => path === '/settings')!;

/** The way to every screen. Names show on hover and focus, and are always there for screen readers. */
export function Rail() {
  return (
    <nav
      aria-label="Screens"
      className="flex w-14 shrink-0 flex-col items-center gap-1 border-r bg-sunken py-2"
    >
      {PLACES.filter(({ path }) => path !== '/settings').map((place) => (
        <RailLink key={place.path} place={place} />
      ))}
      <div className="mt-auto flex flex-col items-center gap-1">
        <Checklist />
        <RailLink place={SETTINGS} />
      </div>
    </nav>
  );
}

function RailLink({ place }: { place: (typeof PLACES)[number] }) {
  const { path, name, keys, icon: Icon } = place;
  const link = (
    <Link
      to={path}
      aria-label={name}
      className={cn(
        'relative flex size-10 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text',
      )}
      activeProps={{
        className:
          'bg-selected text-accent-text hover:bg-selected hover:text-accent-text before:filled before:absolute before:inset-y-2 before:-left-2 before:w-[3px] before:rounded-full before:bg-accent-text',
      }}
    >
      <Icon aria-hidden className="size-5" strokeWidth={1.75} />
    </Link>
  );
  return (
    <Tooltip text={name} keys={keys} side="right">
      {link}
    </Tooltip>
  );
}
