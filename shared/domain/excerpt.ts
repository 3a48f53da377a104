/** The place in a text where a word was found, with what stands around it. */
export interface Excerpt {
  readonly before: string;
  readonly hit: string;
  readonly after: string;
}

/** Little before it, so that it is seen where a row has room for a few words only. */
const BEFORE = 16;
const AFTER = 60;

/** The first place in some texts where one of the words or phrases begins a word; null where none does. */
export function excerptOf(texts: readonly string[], looked: readonly string[]): Excerpt | null {
  const wanted = looked.map(folded).filter((each) => /[\p{L}\p{N}]/u.test(each));
  if (wanted.length === 0) return null;
  for (const text of texts) {
    const place = placeIn(text, wanted);
    if (place !== null) return around(text, place.from, place.to);
  }
  return null;
}

function placeIn(text: string, wanted: readonly string[]): { from: number; to: number } | null {
  const plain = folded(text);
  // Folding a sign into several would shift every place behind it: then the whole text is shown from its start.
  const isShifted = plain.length !== text.length;
  for (const each of wanted) {
    for (let at = plain.indexOf(each); at !== -1; at = plain.indexOf(each, at + 1)) {
      if (at > 0 && /[\p{L}\p{N}]/u.test(plain[at - 1]!)) continue;
      return isShifted ? { from: 0, to: 0 } : { from: at, to: at + each.length };
    }
  }
  return null;
}

/** As the search reads it: small letters without their marks. */
function folded(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\P{ASCII}/gu, bare)
    .toLowerCase();
}

function bare(sign: string): string {
  const letter = sign.normalize('NFD').replaceAll(/\p{M}/gu, '');
  return letter.length === sign.length ? letter : sign;
}

function around(text: string, from: number, to: number): Excerpt {
  const begin = Math.max(0, from - BEFORE);
  const end = Math.min(text.length, to + AFTER);
  return {
    before: `${begin > 0 ? '…' : ''}${text.slice(begin, from)}`,
    hit: text.slice(from, to),
    after: `${text.slice(to, end)}${end < text.length ? '…' : ''}`,
  };
}
