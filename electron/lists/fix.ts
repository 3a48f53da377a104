import { basename } from 'node:path';
import { doNotCallFor } from '../store/do-not-call.ts';
import { ownersOf } from '../store/contacts.ts';
import type { ReadDb } from '../store/open.ts';
import type { StagedRow, Staging } from '../store/import-staging.ts';
import type { KeyIndex } from './key-index.ts';
import { keysOf } from './check.ts';
import { phoneReader } from './phones.ts';
import { placesReader } from './placing.ts';
import type { ImportSettings } from './settings.ts';
import { type Place, weighRow } from './weigh-row.ts';

/**
 * Weighs single rows anew and puts them in their place in the staging file. Where the check keeps everybody in
 * memory, this asks the workspace about the few numbers at hand.
 */
export function rowFixer(db: ReadDb, staging: Staging, settings: ImportSettings): (row: Place) => StagedRow {
  const tools = { read: phoneReader(), placesOf: placesReader(), source: basename(settings.file) };
  return (place) => {
    const row = { n: place.n, line: place.line, cells: place.cells };
    const weighed = weighRow(row, {
      mapping: settings.mapping,
      policy: settings.policy,
      tools,
      here: {
        numbers: asking((key) => ownersOf(db, `+${key}` as never)[0]?.contact.id ?? null),
        emails: NOBODY,
        hasEmail: () => false,
      },
      inFile: {
        numbers: asking((key) => staging.holderOf(key, row.n)),
        emails: NOBODY,
        hasEmail: () => false,
      },
      alone: {
        why({ numbers, company, email }) {
          const found = numbers
            .map(({ e164 }) => doNotCallFor(db, { e164, company, email }))
            .find((each) => each !== null);
          return found ? `${found.value} is on the do-not-call list.` : null;
        },
      },
    });
    staging.replace(
      weighed,
      keysOf(weighed).map(([key]) => key),
    );
    return weighed;
  };
}

/** An index that looks up instead of remembering. */
function asking(get: (key: number) => number | null): KeyIndex {
  return { get, add: (_key, value) => value, size: 0 };
}

const NOBODY = asking(() => null);
