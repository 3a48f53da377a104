import { never } from '../../shared/lib/assert.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { carryLog, writeInBulk } from '../store/bulk-writing.ts';
import { openStaging } from '../store/import-staging.ts';
import { closeStore } from '../store/open.ts';
import { openWorkerStore } from '../store/worker-connection.ts';
import { checkFile } from './check.ts';
import { commitImport, undoImport } from './commit.ts';
import { fixAlike } from './fix.ts';
import type { ImportAnswer, ImportOrder } from './import-aside.ts';
import type { TellProgress } from './settings.ts';
import { threadWorkMs } from './thread-work.ts';

export interface StepParts {
  readonly clock: Clock;
  readonly tell: TellProgress;
  /** Told to stop, a step ends between two slices. */
  readonly signal: AbortSignal;
}

/** One step of one import, on a connection of its own. */
export async function takeStep(
  order: ImportOrder,
  { clock, tell, signal }: StepParts,
): Promise<ImportAnswer> {
  const opened = openWorkerStore(order.file, clock);
  if (!opened.ok) return { kind: 'trouble', sentence: opened.error.sentence };
  const db = opened.value;
  writeInBulk(db);
  const common = { db, clock, tell, signal, workedMs: threadWorkMs };
  try {
    switch (order.step) {
      case 'check': {
        const staging = openStaging(order.staging);
        const checked = await checkFile({
          ...common,
          staging,
          settings: order.settings,
          source: order.source,
        });
        staging.close();
        return checked.ok
          ? { kind: 'checked', checked: checked.value }
          : { kind: 'trouble', sentence: checked.error };
      }
      case 'fix': {
        const staging = openStaging(order.staging);
        const fixed = await fixAlike(
          { ...common, staging, settings: order.settings },
          order.of,
          order.change,
        );
        staging.close();
        return { kind: 'fixed', fixed };
      }
      case 'commit': {
        const staging = openStaging(order.staging);
        const isIn = await commitImport({ ...common, staging, importId: order.importId });
        staging.close();
        return isIn ? { kind: 'committed' } : { kind: 'stopped' };
      }
      case 'undo': {
        const undone = await undoImport({ ...common, importId: order.importId });
        return undone === null ? { kind: 'stopped' } : { kind: 'undone', ...undone };
      }
      default:
        return never(order);
    }
  } finally {
    carryLog(db);
    closeStore(db);
  }
}
