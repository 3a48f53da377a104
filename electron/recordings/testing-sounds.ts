import { recordingOf } from '../carriers/simulator/sound.ts';

/* Sounds for tests: made here, said by nobody. */

/** A WAV of two channels, in which we and they talk in turns of two seconds. */
export function aWav(seconds = 4): Uint8Array<ArrayBuffer> {
  const said = Array.from({ length: Math.floor(seconds / 2) }, (_, nth) => ({
    speaker: nth % 2 === 0 ? ('agent' as const) : ('contact' as const),
    fromMs: nth * 2_000,
    toMs: nth * 2_000 + 1_800,
    text: 'Good day.',
  }));
  return recordingOf({ callRef: 'a sound', talkMs: seconds * 1_000, said, beepMs: null });
}

/** The first bytes of a WAV of one channel with 16 bits, whose samples are to follow. */
export function wavHead(dataBytes: number, coding = { kind: 1, bits: 16, channels: 1 }): Buffer {
  const head = Buffer.alloc(44);
  const frameBytes = (coding.channels * coding.bits) / 8;
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(Math.min(0xffff_ffff, 36 + dataBytes), 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(coding.kind, 20);
  head.writeUInt16LE(coding.channels, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000 * frameBytes, 28);
  head.writeUInt16LE(frameBytes, 32);
  head.writeUInt16LE(coding.bits, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(dataBytes, 40);
  return head;
}

/** Two frames of an MP3, of which only the first bytes say anything. */
export function anMp3(): Buffer {
  return Buffer.concat([Buffer.from('ID3\u0004\0\0\0\0\0\0', 'latin1'), Buffer.alloc(400, 0x55)]);
}
