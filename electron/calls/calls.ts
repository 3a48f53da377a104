import { type CallSort, readCallFilter } from '../../shared/domain/call-filter.ts';
import { openFinder } from '../contacts/finder.ts';
import { type Results, keepResults } from '../contacts/results.ts';
import { type CallFigures, callFigures, callIds, hasMoreCallsThan } from '../store/call-results.ts';
import type { FilterHome } from '../store/contact-results.ts';
import type { ReadDb } from '../store/open.ts';

/** Calls by the million: what was found among them, and what it comes to. */
export interface Calls {
  readonly results: Results<CallSort>;
  figures(filter: string, home: FilterHome): Promise<CallFigures>;
  close(): Promise<void>;
}

/** So few calls are found in less time than asking a thread takes. */
const HERE_MAX = 2_000;

export function openCalls(db: ReadDb, file: string): Calls {
  const finder = openFinder(file);
  const isHere = () => file === ':memory:' || !hasMoreCallsThan(db, HERE_MAX);
  return {
    results: keepResults(async (filter, sort: CallSort, home) =>
      isHere()
        ? callIds(db, readCallFilter(filter), sort, home)
        : finder.ids({ what: 'calls', filter, sort, home }),
    ),
    figures: async (filter, home) =>
      isHere()
        ? callFigures(db, readCallFilter(filter), home)
        : finder.figures({ what: 'call-figures', filter, home }),
    close: () => finder.close(),
  };
}
