import { STANDARD_DISPOSITIONS } from '../shared/domain/disposition.ts';
import { addDispositions, dispositionsOf } from './store/dispositions.ts';
import type { Db } from './store/open.ts';

/** What every new workspace starts from: the standard outcomes, and nobody to ring. */
export function fillLive(db: Db): void {
  if (dispositionsOf(db, null).length === 0) addDispositions(db, null, STANDARD_DISPOSITIONS);
}
