/** Louder than this it is clipped on most lines; quieter than that people ask what was said. */
const TOO_LOUD_DB = -0.5;
const TOO_QUIET_DB = -24;

/** `-12 dB`, and what to make of it. */
export function loudnessText(db: number | null): string {
  if (db === null || db <= -90) return 'silence';
  const said = `${db.toFixed(0).replace('-0', '0').replace('-', '−')} dB`;
  if (db > TOO_LOUD_DB) return `${said}, too loud`;
  return db < TOO_QUIET_DB ? `${said}, quiet` : said;
}
