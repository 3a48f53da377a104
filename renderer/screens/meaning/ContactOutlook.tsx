import { OutlookBadges } from './OutlookBadges.tsx';
import { useContactMeaning } from './use-meaning.ts';

/** How somebody stands, in two words, where they are shown for another reason. */
export function ContactOutlook({ id }: { id: number }) {
  const { data } = useContactMeaning(id);
  return data === undefined ? null : <OutlookBadges outlook={data.outlook} />;
}
