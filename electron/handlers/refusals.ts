import type { Refusal, RefusalCode } from '../../shared/contract/wire.ts';

/** An answer that is a refusal whatever was asked for. */
export interface Refused {
  readonly ok: false;
  readonly error: Refusal;
}

export function refuse(code: RefusalCode, sentence: string): Refused {
  return { ok: false, error: { code, sentence } };
}

export const noWorkspace = refuse('not-now', 'No workspace is open. Choose one first.');

/** A list that was found is kept for a while, and was not kept any longer. */
export const letGo = refuse(
  'not-found',
  'This list was let go because others were opened since. Open it again.',
);
