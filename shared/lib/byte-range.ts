/** Which bytes of so many are asked for: all, a part, or a part that is not there. */
export type ByteRange =
  | { readonly kind: 'all' }
  | { readonly kind: 'part'; readonly from: number; readonly to: number }
  | { readonly kind: 'unsatisfiable' };

/**
 * Reads a `Range` header (RFC 9110, 14.2): one stretch of bytes, from both ends or one. Several at once, other units
 * and what cannot be read are answered with all of it, as the standard allows. `to` is the last byte.
 */
export function readByteRange(header: string | null | undefined, size: number): ByteRange {
  const read = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '');
  const [, first = '', last = ''] = read ?? [];
  if (first === '' && last === '') return { kind: 'all' };
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', from: size - length, to: size - 1 };
  }
  const from = Number(first);
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < from) return { kind: 'all' };
  return from >= size ? { kind: 'unsatisfiable' } : { kind: 'part', from, to };
}
