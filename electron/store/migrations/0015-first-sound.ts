/** No carrier tells when both sides could hear each other: the phone on the screen does, once for each call. */
export const version = 15;
export const name = 'first-sound';

export const sql = `
ALTER TABLE calls ADD COLUMN audio_at INTEGER;
`;
