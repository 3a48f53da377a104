/** The schemes the system may hand us. Each only ever fills the dial box. */
export const LINK_SCHEMES = ['tel', 'callto', 'parley'] as const;

const LINK = new RegExp(`^(${LINK_SCHEMES.join('|')}):`, 'i');
const TEXT_MAX = 64;

/** The link among a program's arguments. Chromium may have moved it to any place. */
export function linkIn(argv: readonly string[]): string | null {
  return argv.find((each) => LINK.test(each)) ?? null;
}

/**
 * The number in a link, in the characters people write numbers with. Null for anything else: a page may have
 * made the link, and what it says is nobody's wish yet.
 */
export function dialText(link: string): string | null {
  if (!LINK.test(link) || link.length > 512) return null;
  const address = link.replace(LINK, '').replace(/^\/\//, '');
  // A bare `#` or `?` begins what belongs to a web address; the key on a telephone is written `%23`.
  const [number = '', ...parameters] = decoded(address.replace(/[?#].*$/s, '').replace(/\/$/, '')).split(';');
  const extension = parameters.find((each) => /^ext=[0-9]+$/i.test(each));
  const text = number.trim() + (extension === undefined ? '' : `;${extension.toLowerCase()}`);
  return /^[0-9+*#() .-]*[0-9][0-9+*#() .-]*(;ext=[0-9]+)?$/.test(text) && text.length <= TEXT_MAX
    ? text
    : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
