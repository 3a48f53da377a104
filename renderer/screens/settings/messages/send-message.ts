import type { ParleyClient } from '../../../../shared/contract/contract.ts';
import type { MessageRow } from '../../../../shared/contract/messages.ts';
import { MESSAGE_PART_MAX } from '../../../../shared/contract/sizes.ts';
import type { Answer } from '../../../../shared/contract/wire.ts';

/** Three bytes make four letters. */
const PART_BYTES = (MESSAGE_PART_MAX / 4) * 3;

/** Sends a message piece by piece, and has it kept under this name. */
export async function sendMessage(
  { messages }: ParleyClient,
  wav: Uint8Array,
  name: string,
): Promise<Answer<MessageRow>> {
  let to: string | null = null;
  for (let at = 0; at < wav.length; at += PART_BYTES) {
    const sent: Answer<{ to: string }> = await messages.send({
      to,
      part: base64(wav.subarray(at, at + PART_BYTES)),
    });
    if (!sent.ok) return sent;
    to = sent.value.to;
  }
  return messages.keep({ to: to ?? '', name });
}

const SLICE = 0x8000;

function base64(bytes: Uint8Array): string {
  let text = '';
  // Slices, because as many arguments as there are bytes are too many.
  for (let at = 0; at < bytes.length; at += SLICE)
    text += String.fromCharCode(...bytes.subarray(at, at + SLICE));
  return btoa(text);
}
