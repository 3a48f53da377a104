import { type ReactNode, useId } from 'react';

/** A titled stretch of settings. */
export function Group({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset draws its legend into the border
    <div role="group" aria-labelledby={id} className="mb-6 flex flex-col gap-3">
      <div>
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        {note != null && <p className="max-w-[72ch] text-muted">{note}</p>}
      </div>
      {children}
    </div>
  );
}
