import { readByteRange } from '../../shared/lib/byte-range.ts';

/** A sound as it lies on the disk. Where it lies is never told. */
export interface GivenSound {
  readonly path: string;
  readonly mime: string;
  readonly bytes: number;
  readonly tag: string;
}

/** The sound behind an address; null where there is none, or not for whoever sits there. */
export type SoundSource = (path: string) => GivenSound | null;

export interface SoundAnswer {
  readonly status: 200 | 206 | 304 | 416;
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes to send, first and last; null for none. */
  readonly part: { readonly from: number; readonly to: number } | null;
}

interface Asked {
  readonly range?: string | undefined;
  readonly 'if-range'?: string | undefined;
  readonly 'if-none-match'?: string | undefined;
}

/** What is answered to whoever asks for a sound, or for a part of it (RFC 9110, 14). */
export function soundAnswer({ mime, bytes, tag }: GivenSound, asked: Asked): SoundAnswer {
  const name = `"${tag}"`;
  const headers = {
    'Content-Type': mime,
    'Accept-Ranges': 'bytes',
    ETag: name,
    // Asked for anew each time: whoever may not hear it any more must not have it in a cache.
    'Cache-Control': 'private, no-cache',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
  if (asked['if-none-match'] === name) return { status: 304, headers, part: null };
  // The part of another sound is of no use: all of this one then.
  const isSame = asked['if-range'] === undefined || asked['if-range'] === name;
  const range = readByteRange(isSame ? asked.range : null, bytes);
  if (range.kind === 'unsatisfiable')
    return { status: 416, headers: { ...headers, 'Content-Range': `bytes */${bytes}` }, part: null };
  const part = range.kind === 'part' ? { from: range.from, to: range.to } : { from: 0, to: bytes - 1 };
  const length = { 'Content-Length': String(part.to - part.from + 1) };
  if (range.kind === 'all') return { status: 200, headers: { ...headers, ...length }, part };
  const where = { 'Content-Range': `bytes ${part.from}-${part.to}/${bytes}` };
  return { status: 206, headers: { ...headers, ...length, ...where }, part };
}
