import { useHello } from '../../../data/hello.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { Banner } from '../../../ui/Banner.tsx';
import { Closures } from './Closures.tsx';
import { HomeState } from './HomeState.tsx';
import { PlaceRules } from './PlaceRules.tsx';
import { Registers } from './Registers.tsx';
import { useLaw } from './use-law.ts';

/** The book of law as this workspace obeys it: what it says of each place, and what somebody added or took out. */
export function CallingRules() {
  const law = useLaw();
  const { zones } = useHello();
  return (
    <Loaded
      query={law}
      label="Loading the calling rules"
      what="The calling rules could not be read."
      rows={6}
    >
      {(book) => (
        <>
          {zones.doubt !== null && <Banner tone="warn" className="mb-4" title={zones.doubt} />}
          <PlaceRules law={book} />
          <Closures law={book} />
          <Registers law={book} />
          {book.states.length > 0 && <HomeState law={book} />}
        </>
      )}
    </Loaded>
  );
}
