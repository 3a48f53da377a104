import type { Answer } from '../../shared/contract/wire.ts';
import type { Kernel } from '../kernel.ts';
import { noWorkspace } from './refusals.ts';
import type { Rooms } from './rooms.ts';

/** Answers with the workspace that is open, or says that none is. */
export function within<T>(
  { seat }: Rooms,
  run: (kernel: Kernel) => Answer<T> | Promise<Answer<T>>,
): Answer<T> | Promise<Answer<T>> {
  return seat.kernel === null ? noWorkspace : run(seat.kernel);
}

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** The kernel told the screens that something of this name changed. */
export function sayChanged({ pushes }: Rooms, entity: string, ids: readonly number[] | null = null): void {
  pushes.tell('app.changed', () => ({ changes: [{ entity, ids: ids === null ? null : [...ids] }] }));
}
