import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ASKED_FOR, type AskedFor, CONTACT_TOKENS } from '../../../../shared/domain/contact-filter.ts';
import { completingAt, completions, tokenText } from '../../../../shared/domain/filter-tokens.ts';
import { useClient } from '../../../data/client.tsx';
import { answered } from '../../../data/queries.ts';
import { countText } from '../../../data/words.ts';

export interface Suggestion {
  readonly text: string;
  readonly note: string;
}

/** What may be meant by what is being typed: tokens by their keys, and values as they are in this workspace. */
export function useSuggestions(typed: string, caret: number, isAsked: boolean) {
  const { contacts } = useClient();
  const completing = completingAt(typed, caret);
  const { isNot, key, begun } = completing;
  const asked = ASKED_FOR.find((each) => each === key) ?? null;
  const values = useQuery({
    queryKey: ['contacts', 'suggest', asked, begun],
    queryFn: () => answered(contacts.suggest({ key: asked as AskedFor, begun: begun.slice(0, 100) })),
    enabled: isAsked && asked !== null,
    placeholderData: keepPreviousData,
  });
  const sign = isNot ? '-' : '';
  const suggestions: Suggestion[] =
    asked === null
      ? completions(completing, CONTACT_TOKENS).map(({ text, title }) => ({ text, note: title }))
      : (values.data ?? []).map(({ value, count }) => ({
          text: `${sign}${tokenText(asked, value)} `,
          note: count === null ? '' : countText(count),
        }));
  return { completing, suggestions };
}
