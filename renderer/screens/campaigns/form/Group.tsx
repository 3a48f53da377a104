import { type ReactNode, useId } from 'react';

interface GroupProps {
  title: string;
  /** A sentence beneath the title. */
  about?: ReactNode;
  children: ReactNode;
}

/** A part of a form under a heading of its own. */
export function Group({ title, about, children }: GroupProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="flex min-w-0 flex-col gap-3 border-b py-4 first:pt-0 last:border-b-0"
    >
      <div>
        <h3 id={id} className="font-semibold">
          {title}
        </h3>
        {about != null && <p className="max-w-[68ch] text-sm text-muted">{about}</p>}
      </div>
      {children}
    </section>
  );
}
