/** An answer that may be a refusal. Refusals are values, so that nobody has to catch them. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refused<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}
