import { type Answer, type Fields, one } from '../http.ts';

const PAGE_SIZE = 50;

/** One page of a list, with the way to the next. */
export function pageOf<T>(
  name: string,
  all: readonly T[],
  face: (row: T) => Record<string, unknown>,
  { path, query }: { readonly path: string; readonly query: Fields },
): Answer {
  const size = Math.min(1_000, Math.max(1, Number(one(query, 'PageSize') ?? PAGE_SIZE)));
  const page = Number(one(query, 'Page') ?? 0);
  const start = page * size;
  // Only what is shown is put together: the list may be long.
  const shown = all.slice(start, start + size).map(face);
  const uriOf = (nth: number) => {
    const params = new URLSearchParams();
    for (const [key, value] of Object.entries(query))
      if (!['Page', 'PageToken', 'PageSize'].includes(key)) params.set(key, [value].flat()[0]!);
    params.set('PageSize', String(size));
    params.set('Page', String(nth));
    // The token stands for a place in the list; those who build page numbers of their own do without it.
    if (nth > 0) params.set('PageToken', `PT${nth}`);
    return `${path}?${params.toString()}`;
  };
  return {
    status: 200,
    json: {
      [name]: shown,
      start,
      end: Math.max(start, start + shown.length - 1),
      page,
      page_size: size,
      uri: uriOf(page),
      first_page_uri: uriOf(0),
      next_page_uri: start + size < all.length ? uriOf(page + 1) : null,
      previous_page_uri: page > 0 ? uriOf(page - 1) : null,
    },
  };
}

/** Twilio’s filters by day: `StartTime`, `StartTime<`, `StartTime>`, in UTC. */
export function isOnDay(query: Fields, name: string, at: number | null): boolean {
  const wishes = (['', '<', '>'] as const).map((sign) => [sign, one(query, name + sign)] as const);
  return wishes.every(([sign, day]) => {
    if (day === undefined) return true;
    if (at === null) return false;
    const known = new Date(at).toISOString().slice(0, 10);
    const asked = day.slice(0, 10);
    return sign === '<' ? known <= asked : sign === '>' ? known >= asked : known === asked;
  });
}
