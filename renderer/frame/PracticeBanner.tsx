import { useHello } from '../data/hello.ts';
import { Hints } from './Hints.tsx';
import { TourCard } from './TourCard.tsx';

/** In its own colour, across the top of every screen, for as long as the workspace is for practice. */
export function PracticeBanner() {
  const { workspace } = useHello();
  if (workspace?.kind !== 'practice') return null;
  return (
    <>
      <section
        aria-label="Practice"
        className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-4 bg-(--practice) px-4 text-(--on-practice) [--on-practice:light-dark(#ffffff,#99f6e4)] [--practice:light-dark(#115e59,#0b3f3c)]"
      >
        <p className="font-semibold">Practice: nobody is called.</p>
        <p className="hidden opacity-90 three:block">Every person, number and call here is made up.</p>
        <Hints />
      </section>
      <TourCard />
    </>
  );
}
