/** What there is of a call's sound, as a person is told. */
export const RECORDING_FACES = [
  'none',
  'with-carrier',
  'fetching',
  'ready',
  'failed',
  'held-back',
  'deleted',
] as const;
export type RecordingFace = (typeof RECORDING_FACES)[number];
