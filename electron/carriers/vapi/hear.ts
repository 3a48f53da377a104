import { WebSocket } from 'ws';
import { SECOND_MS } from '../../../shared/lib/instants.ts';
import type { Hearing, SoundFormat } from '../carrier.ts';

const HANDSHAKE_MS = 10 * SECOND_MS;
/** A tenth of a second of sound is 6 kB; nothing honest is nearly as large. */
const FRAME_BYTES_MAX = 1024 * 1024;
const USUAL: SoundFormat = { sampleRate: 16_000, channels: 2 };

/** Listens to a call under way. Returns the way to stop. */
export function hearCall(listenUrl: string, listener: Hearing): () => void {
  const socket = new WebSocket(listenUrl, { handshakeTimeout: HANDSHAKE_MS, maxPayload: FRAME_BYTES_MAX });
  let isFormatKnown = false;
  socket.on('message', (data, isBinary) => {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
    if (isBinary) {
      if (!isFormatKnown) listener.format(USUAL);
      isFormatKnown = true;
      return listener.samples(bytes);
    }
    const format = formatIn(bytes.toString('utf8'));
    if (format === null) return;
    isFormatKnown = true;
    listener.format(format);
  });
  socket.on('error', () => socket.terminate());
  socket.once('close', () => listener.over());
  return () => socket.close();
}

/** The first frame says what follows. */
function formatIn(text: string): SoundFormat | null {
  try {
    const said = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
    const { sampleRate, channels } = said ?? {};
    if (typeof sampleRate !== 'number' || sampleRate < 8_000 || sampleRate > 48_000) return null;
    return { sampleRate, channels: channels === 1 ? 1 : 2 };
  } catch {
    return null;
  }
}
