import { type Answer, type Fields, one } from '../http.ts';

interface Wish {
  readonly property: string;
  readonly operator: string;
  readonly value: unknown;
}

const LIMIT = 25;

/** A page of rows, filtered and sorted by their own fields. */
export function listOf(rows: readonly Record<string, unknown>[], query: Fields): Answer {
  const wishes = wishesIn(one(query, 'filter'));
  if (wishes === null) return { status: 400, json: { message: 'The filter is no JSON.' } };
  const chosen = rows.filter((row) => wishes.every((wish) => fits(row[wish.property], wish)));
  const sort = one(query, 'sort');
  const sign = one(query, 'dir')?.toUpperCase() === 'DESC' ? -1 : 1;
  const sorted = sort === undefined ? chosen : chosen.toSorted((a, b) => sign * compare(a[sort], b[sort]));
  const limit = Number(one(query, 'limit') ?? LIMIT);
  const from = (Number(one(query, 'page') ?? 1) - 1) * limit;
  return { status: 200, json: { data: sorted.slice(from, from + limit), total: chosen.length } };
}

function wishesIn(text: string | undefined): readonly Wish[] | null {
  if (text === undefined) return [];
  try {
    return [JSON.parse(text)].flat() as Wish[];
  } catch {
    return null;
  }
}

function fits(found: unknown, { operator, value }: Wish): boolean {
  const order = compare(found, value);
  switch (operator) {
    case 'like':
      return String(found).includes(String(value).replaceAll('%', ''));
    case 'gt':
      return order > 0;
    case 'gte':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'lte':
      return order <= 0;
    default:
      return String(found) === String(value);
  }
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
