import type { Imports } from './import.ts';

/**
 * After a start: what was half in goes on to the end, and what was half out too, one after the other. What
 * somebody had called off waits for them to decide.
 */
export function resumeImports(imports: Imports): void {
  const waiting = imports.recover().filter(({ id }) => imports.settingsOf(id).isStopped !== true);
  void inTurn(waiting, imports);
}

async function inTurn(waiting: ReturnType<Imports['recover']>, imports: Imports): Promise<void> {
  for (const { id, state } of waiting) {
    const begun = state === 'undoing' ? imports.beginUndo(id) : imports.beginCommit(id);
    if (begun.ok) await begun.value.done;
  }
}
