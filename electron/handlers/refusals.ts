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
