import { type ContactSort, readContactFilter } from '../../shared/domain/contact-filter.ts';
import { type FilterHome, type Orders, contactIds } from '../store/contact-results.ts';
import { contactCount } from '../store/contacts.ts';
import type { ReadDb } from '../store/open.ts';
import { openFinder } from './finder.ts';

/** Everybody a filter found, as they stood when it was asked. */
export interface Found {
  readonly id: number;
  readonly ids: Int32Array;
  /** As it was typed. */
  readonly filter: string;
}

/** The results that screens hold on to. The oldest goes when a further one comes: four bytes for each row. */
export interface Results<Sort> {
  open(filter: string, sort: Sort, home: FilterHome): Promise<Found>;
  /** Null when it was let go. */
  get(id: number): Found | null;
  close(id: number): void;
}

export interface ContactResults extends Results<ContactSort> {
  /** Names, lists or contacts changed: orders that are known are read again. */
  forget(): void;
  stop(): Promise<void>;
}

const KEPT_MAX = 8;

/** So few contacts are found in less time than asking a thread takes. */
const HERE_MAX = 2_000;

export function openResults(db: ReadDb, file: string): ContactResults {
  const finder = openFinder(file);
  let isAnew = false;

  const find = async (filter: string, sort: ContactSort, home: FilterHome): Promise<Int32Array> => {
    if (contactCount(db) <= HERE_MAX || file === ':memory:') {
      const orders: Orders = new Map();
      return contactIds(db, readContactFilter(filter), sort, home, orders);
    }
    const order = { what: 'contacts' as const, filter, sort, home, isAnew };
    isAnew = false;
    return finder.ids(order);
  };

  return {
    ...keepResults(find),
    forget() {
      isAnew = true;
    },
    stop: () => finder.close(),
  };
}

/** Keeps what was found, the last few of them. */
export function keepResults<Sort>(
  find: (filter: string, sort: Sort, home: FilterHome) => Promise<Int32Array>,
): Results<Sort> {
  const kept = new Map<number, Found>();
  let last = 0;
  return {
    async open(filter, sort, home) {
      const result = { id: ++last, ids: await find(filter, sort, home), filter };
      kept.set(result.id, result);
      for (const id of kept.keys()) {
        if (kept.size <= KEPT_MAX) break;
        kept.delete(id);
      }
      return result;
    },
    get(id) {
      const result = kept.get(id) ?? null;
      if (result !== null) {
        // Whoever was looked at last is let go last.
        kept.delete(id);
        kept.set(id, result);
      }
      return result;
    },
    close: (id) => void kept.delete(id),
  };
}
