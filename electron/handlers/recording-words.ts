import type { RecordingFace } from '../../shared/domain/recording-face.ts';
import type { Recording } from '../store/recordings.ts';

const SENTENCES: Readonly<Record<RecordingFace, string>> = {
  none: 'There is no recording of this call.',
  'with-carrier': 'The carrier has a recording; it was not fetched yet.',
  fetching: 'The recording is being fetched.',
  ready: 'The recording is here.',
  failed: 'The recording could not be fetched.',
  'held-back': 'This call was not recorded: the law there asks for an agreement that nobody had given.',
  deleted: 'The recording was deleted.',
};

/** What there is of a call’s sound, and why there is not more. */
export function recordingInWords(face: RecordingFace, kept: Recording | null): string {
  if (face === 'held-back' && kept?.trouble != null) return kept.trouble;
  const why = kept?.deletedWhy ?? kept?.trouble ?? null;
  return why === null ? SENTENCES[face] : `${SENTENCES[face]} ${why}`;
}
