import { dialogueOf } from '../../electron/carriers/simulator/dialogue.ts';
import { recordingOf } from '../../electron/carriers/simulator/sound.ts';
import type { TranscriptSegment } from '../../shared/domain/call.ts';
import { seededRandom } from '../../shared/lib/random.ts';

const HEADER_BYTES = 44;

/** What is said in a talk. The same for the same call, so that its words and its sound agree. */
export function wordsOf(callRef: string, talkMs: number): readonly TranscriptSegment[] {
  return dialogueOf(seededRandom(`${callRef}/words`), talkMs).filter(({ toMs }) => toMs <= talkMs);
}

/** A talk as WAV, 16 bits and 8 kHz: the one who was called on one channel, the other side on the other. */
export function wavOf(callRef: string, talkMs: number, channels: 1 | 2): Uint8Array {
  const both = recordingOf({ callRef, talkMs, said: wordsOf(callRef, talkMs), beepMs: null });
  return channels === 2 ? both : mixed(both);
}

/** Two channels made one, and the header told so. */
function mixed(both: Uint8Array): Uint8Array {
  const from = new DataView(both.buffer, both.byteOffset, both.byteLength);
  const frames = (both.byteLength - HEADER_BYTES) / 4;
  const bytes = new Uint8Array(HEADER_BYTES + frames * 2);
  bytes.set(both.subarray(0, HEADER_BYTES));
  const to = new DataView(bytes.buffer);
  to.setUint32(4, bytes.byteLength - 8, true);
  to.setUint16(22, 1, true);
  to.setUint32(28, from.getUint32(24, true) * 2, true);
  to.setUint16(32, 2, true);
  to.setUint32(40, frames * 2, true);
  for (let frame = 0; frame < frames; frame += 1) {
    const at = HEADER_BYTES + frame * 4;
    to.setInt16(HEADER_BYTES + frame * 2, (from.getInt16(at, true) + from.getInt16(at + 2, true)) >> 1, true);
  }
  return bytes;
}
