import type { PartOfSound, SoundStream, Unreachable } from './carrier.ts';

/** What is asked for: an address of the carrier's, and whatever opens it. */
export interface SoundAddress {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How long the carrier may take to begin. The sound itself may take as long as it likes. */
  readonly waitMs: number;
}

/**
 * Opens a sound by HTTP, from where an earlier try broke off. A server that gives no ranges, or whose sound is another
 * by now, begins at its beginning and says so. Null where it has none.
 */
export async function openSoundOverHttp(
  { url, headers, waitMs }: SoundAddress,
  { from, tag }: PartOfSound,
): Promise<SoundStream | null | Unreachable> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), waitMs);
  try {
    const response = await fetch(url, {
      headers: { ...headers, ...rangeFrom(from, tag) },
      signal: patience.signal,
    });
    // What was kept is all there is, or belongs to another sound: from the beginning then.
    if (response.status === 416 && from > 0)
      return await openSoundOverHttp({ url, headers, waitMs }, { from: 0, tag: null });
    if (response.status === 404 || response.status === 410) return null;
    if (!response.ok || response.body === null) return unreachable(`It answered ${response.status}.`);
    const begins = response.status === 206 ? (rangeOf(response)?.from ?? null) : 0;
    if (begins === null || (begins !== 0 && begins !== from))
      return unreachable('It sent another part than it was asked for.');
    return {
      kind: 'stream',
      from: begins,
      total: totalOf(response),
      tag: response.headers.get('etag'),
      bytes: response.body,
    };
  } catch (error) {
    return unreachable(
      patience.signal.aborted ? 'It did not answer in time.' : `It could not be reached (${codeOf(error)}).`,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Without its tag nobody knows whether the rest belongs to what is here. */
function rangeFrom(from: number, tag: string | null): Record<string, string> {
  if (from === 0 || tag === null || tag.startsWith('W/')) return {};
  return { Range: `bytes=${from}-`, 'If-Range': tag };
}

function rangeOf(response: Response): { from: number; total: number | null } | null {
  const read = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
  return read === null ? null : { from: Number(read[1]), total: read[2] === '*' ? null : Number(read[2]) };
}

function totalOf(response: Response): number | null {
  if (response.status === 206) return rangeOf(response)?.total ?? null;
  // What was packed for the way has another length when it is unpacked.
  const length = response.headers.get('content-length');
  return length === null || response.headers.has('content-encoding') ? null : Number(length);
}

function unreachable(why: string): Unreachable {
  return { kind: 'unreachable', sentence: `The carrier did not hand over the recording. ${why}` };
}

function codeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? (error as Error).message;
}
