import { type ReactNode, useId } from 'react';

/** A part of the report with its heading. */
export function Section({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="text-lg font-semibold">
        {title}
      </h2>
      {note !== undefined && <p className="mb-2 max-w-[80ch] text-sm text-muted">{note}</p>}
      {children}
    </section>
  );
}
