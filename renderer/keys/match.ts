/** How well a title answers what was typed, and which characters to mark. Higher is better. */
export interface Match {
  score: number;
  /** Indexes into the title. */
  hits: readonly number[];
}

const WORD_START = 12;
const IN_A_ROW = 8;
const FIRST_LETTER = 6;
const GAP_COST = 0.4;
const LENGTH_COST = 0.05;

/** Finds the letters of `query` in `title` in order, liking word starts and unbroken runs. Null when one is missing. */
export function matchTitle(query: string, title: string): Match | null {
  const wanted = fold(query).replace(/\s+/g, '');
  if (wanted === '') return { score: 0, hits: [] };
  const text = fold(title);
  let best: Match | null = null;
  // Several starting points, since the first "c" of "Go to calls" need not be the best one.
  for (let start = text.indexOf(wanted[0]!); start !== -1; start = text.indexOf(wanted[0]!, start + 1)) {
    const match = matchFrom(start, wanted, text);
    if (match !== null && (best === null || match.score > best.score)) best = match;
  }
  return best;
}

function matchFrom(start: number, wanted: string, text: string): Match | null {
  const hits = [start];
  for (const letter of wanted.slice(1)) {
    const at = nextHit(letter, hits.at(-1)!, text);
    if (at === -1) return null;
    hits.push(at);
  }
  return { score: scoreOf(hits, text), hits };
}

/** The next place of a letter: right after the last one, else the start of a later word, else anywhere. */
function nextHit(letter: string, after: number, text: string): number {
  if (text[after + 1] === letter) return after + 1;
  for (let at = after + 1; at < text.length; at += 1) {
    if (text[at] === letter && startsWord(text, at)) return at;
  }
  return text.indexOf(letter, after + 1);
}

function scoreOf(hits: readonly number[], text: string): number {
  let score = -text.length * LENGTH_COST;
  hits.forEach((at, index) => {
    const last = hits[index - 1];
    if (startsWord(text, at)) score += WORD_START;
    if (at === 0) score += FIRST_LETTER;
    if (last === undefined) score -= at * GAP_COST;
    else score += at === last + 1 ? IN_A_ROW : -(at - last - 1) * GAP_COST;
  });
  return score;
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || /[\s\-_/.:(]/.test(text[at - 1]!);
}

/** Lower case without accents. One character stays one character, so that the hits still point at the title. */
function fold(text: string): string {
  return text.split('').map(foldCharacter).join('');
}

function foldCharacter(character: string): string {
  const plain = character.normalize('NFD').charAt(0).toLowerCase();
  return plain.length === 1 ? plain : character;
}

/** Anything the palette can list. */
export interface Rankable {
  title: string;
  group: string;
  /** Other words people use for it; they count a little less than the title. */
  keywords?: readonly string[] | undefined;
}

export interface Ranked<T> {
  item: T;
  score: number;
  hits: readonly number[];
}

export interface RankedGroup<T> {
  group: string;
  items: Ranked<T>[];
}

const KEYWORD_SHARE = 0.6;

/** The best matches, at most `max`, in their groups; the group with the best match comes first. */
export function rank<T extends Rankable>(query: string, items: readonly T[], max = 50): RankedGroup<T>[] {
  const found = items.flatMap((item) => {
    const match = bestOf(query, item);
    return match === null ? [] : [{ item, ...match }];
  });
  if (query.trim() !== '') found.sort((a, b) => b.score - a.score);
  const groups = new Map<string, Ranked<T>[]>();
  for (const ranked of found.slice(0, max)) {
    const group = groups.get(ranked.item.group);
    if (group === undefined) groups.set(ranked.item.group, [ranked]);
    else group.push(ranked);
  }
  return [...groups].map(([group, ranked]) => ({ group, items: ranked }));
}

function bestOf(query: string, item: Rankable): Match | null {
  const title = matchTitle(query, item.title);
  const others = (item.keywords ?? []).flatMap((word) => matchTitle(query, word)?.score ?? []);
  const keyword = others.length === 0 ? null : Math.max(...others) * KEYWORD_SHARE;
  if (keyword === null || (title !== null && title.score >= keyword)) return title;
  return { score: keyword, hits: title?.hits ?? [] };
}
