import { type ContactSort, readContactFilter } from '../../shared/domain/contact-filter.ts';
import { type FilterHome, type Orders, contactIds } from '../store/contact-results.ts';
import { contactCount } from '../store/contacts.ts';
import type { ReadDb } from '../store/open.ts';
import { openFinder } from './finder.ts';

/** Everybody a filter found, as they stood when it was asked. */
export interface ContactResult {
  readonly id: number;
  readonly ids: Int32Array;
}

/** The results that screens hold on to. The oldest goes when a further one comes: four bytes for each contact. */
export interface ContactResults {
  open(filter: string, sort: ContactSort, home: FilterHome): Promise<ContactResult>;
  /** Null when it was let go. */
  get(id: number): ContactResult | null;
  close(id: number): void;
  /** Names, lists or contacts changed: orders that are known are read again. */
  forget(): void;
  stop(): Promise<void>;
}

const KEPT_MAX = 8;

/** So few contacts are found in less time than asking a thread takes. */
const HERE_MAX = 2_000;

export function openResults(db: ReadDb, file: string): ContactResults {
  const finder = openFinder(file);
  const kept = new Map<number, ContactResult>();
  let last = 0;
  let isAnew = false;

  const find = async (filter: string, sort: ContactSort, home: FilterHome): Promise<Int32Array> => {
    if (contactCount(db) <= HERE_MAX || file === ':memory:') {
      const orders: Orders = new Map();
      return contactIds(db, readContactFilter(filter), sort, home, orders);
    }
    const order = { filter, sort, home, isAnew };
    isAnew = false;
    return finder.find(order);
  };

  return {
    async open(filter, sort, home) {
      const result = { id: ++last, ids: await find(filter, sort, home) };
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
    forget() {
      isAnew = true;
    },
    async stop() {
      kept.clear();
      await finder.close();
    },
  };
}
