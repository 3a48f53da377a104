/** The most that one piece of pasted text may hold; a longer text is sent in several. */
export const PASTE_CHARS_MAX = 200_000;

/** Rows of a group in one answer. */
export const ROWS_MAX = 200;

/** Bytes of a sound, written as base64: so much of it in one call. */
export const MESSAGE_PART_MAX = 600_000;
