import { type ReactNode, useId } from 'react';

/** The page of a door: sign-in, lock, first run. One column in the middle, and nothing else to look at. */
export function Door({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  const titleId = useId();
  return (
    <main
      aria-labelledby={titleId}
      className="flex min-h-0 flex-1 flex-col items-center overflow-y-auto bg-sunken px-4"
    >
      <div className="my-auto flex w-full max-w-[30rem] flex-col gap-5 py-10">
        <header>
          <p className="text-sm font-semibold text-accent-text">Parley</p>
          <h1 id={titleId} tabIndex={-1} className="text-2xl font-semibold outline-none">
            {title}
          </h1>
          {note != null && <p className="mt-1 text-muted">{note}</p>}
        </header>
        {children}
      </div>
    </main>
  );
}
