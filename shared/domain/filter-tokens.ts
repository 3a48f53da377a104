import { type Result, ok, refused } from '../lib/result.ts';

/*
 * Filters that are typed in one field: words, "words in a row", and tokens such as `list:Spring` or `-tag:vip`.
 * What tokens there are is for each list to say; how they are read, completed and put together is the same.
 */

/** One kind of token. `read` makes of its value what the list understands, or says in a sentence why it cannot. */
export interface TokenKind<T> {
  readonly key: string;
  /** What it narrows to: `on this list`. */
  readonly title: string;
  /** A value to show as an example; null for a token that stands alone, such as `never-called`. */
  readonly example: string | null;
  /** The values there are, where they are few and always the same. */
  readonly values?: readonly string[];
  /** A token without a key, known by its look, such as `>2m`. Its `example` is null; `read` gets all of it. */
  readonly looksLike?: RegExp;
  readonly read: (value: string) => Result<T, string>;
}

/** Where something stands in what was typed. */
interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Token<T> extends Span {
  readonly isNot: boolean;
  readonly means: T;
}

export interface FilterMistake extends Span {
  readonly sentence: string;
}

export interface TypedFilter<T> {
  readonly words: readonly string[];
  /** Words that were put in quotes: they stand in this order. */
  readonly phrases: readonly string[];
  readonly tokens: readonly Token<T>[];
  /** What could not be read, a sentence each. A filter with mistakes is not run. */
  readonly mistakes: readonly FilterMistake[];
}

/** Reads what was typed. Anything that is no token is a word to look for; nothing typed is an error of its own. */
export function readFilter<T>(typed: string, kinds: readonly TokenKind<T>[]): TypedFilter<T> {
  const words: string[] = [];
  const phrases: string[] = [];
  const tokens: Token<T>[] = [];
  const mistakes: FilterMistake[] = [];
  for (const piece of piecesOf(typed)) {
    const { from, to, isNot } = piece;
    if (piece.key === null && piece.isQuoted) {
      if (piece.value.trim() !== '') phrases.push(piece.value.trim());
      continue;
    }
    const kind = kindOf(piece, kinds);
    if (kind === null) {
      const sentence = piece.key === null ? notWord(piece) : unknownKey(piece.key, kinds);
      if (sentence === null) words.push(piece.value);
      else mistakes.push({ from, to, sentence });
      continue;
    }
    const read = valueOf(piece, kind);
    if (read.ok) tokens.push({ from, to, isNot, means: read.value });
    else mistakes.push({ from, to, sentence: read.error });
  }
  return { words, phrases, tokens, mistakes };
}

/** What is typed under the caret, for the list of suggestions. */
export interface Completing extends Span {
  readonly isNot: boolean;
  /** The token whose value is being typed; null while it may still become any token. */
  readonly key: string | null;
  readonly begun: string;
}

export function completingAt(typed: string, caret: number): Completing {
  const piece = piecesOf(typed).find(({ from, to }) => from < caret && caret <= to);
  if (piece === undefined) return { from: caret, to: caret, isNot: false, key: null, begun: '' };
  const { from, to, isNot, key, value } = piece;
  return { from, to, isNot, key, begun: value };
}

export interface Completion {
  /** What takes the place of what was typed. */
  readonly text: string;
  readonly title: string;
}

/** The tokens that begin like what is being typed, and the fixed values of the one whose value is. */
export function completions<T>(
  { isNot, key, begun }: Completing,
  kinds: readonly TokenKind<T>[],
): Completion[] {
  const sign = isNot ? '-' : '';
  const like = begun.toLowerCase();
  if (key === null) {
    return kinds
      .filter((kind) => kind.key.startsWith(like))
      .map((kind) => ({
        text: `${sign}${kind.key}${kind.example === null ? ' ' : ':'}`,
        title: kind.title,
      }));
  }
  const kind = kinds.find((each) => each.key === key);
  return (kind?.values ?? [])
    .filter((value) => value.toLowerCase().startsWith(like))
    .map((value) => ({ text: `${sign}${tokenText(key, value)} `, title: value }));
}

/** The parts of a filter, as they stand in it. */
export function partsOf(typed: string): readonly (Span & { readonly text: string })[] {
  return piecesOf(typed).map(({ from, to }) => ({ from, to, text: typed.slice(from, to) }));
}

/** What is typed with one piece of it replaced. */
export function withCompletion(typed: string, { from, to }: Span, text: string): string {
  const rest = typed.slice(to);
  return typed.slice(0, from) + text + (text.endsWith(' ') ? rest.trimStart() : rest);
}

/** A token as it would be typed: in quotes where its value has spaces. */
export function tokenText(key: string, value: string): string {
  return `${key}:${/[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value}`;
}

interface Piece extends Span {
  readonly isNot: boolean;
  readonly key: string | null;
  readonly value: string;
  readonly isQuoted: boolean;
}

// A key is a word and a colon with something behind it or nothing; a quote may stand open while one types.
const PIECE = /(-?)(?:([a-z][a-z-]*):)?(?:"([^"]*)"?|([^\s"]*))/giy;

function piecesOf(typed: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < typed.length; ) {
    if (/\s/.test(typed[at]!)) {
      at++;
      continue;
    }
    PIECE.lastIndex = at;
    const found = PIECE.exec(typed)!;
    const [text, minus, key, quoted, plain] = found;
    const to = at + Math.max(1, text.length);
    const value = quoted ?? plain ?? '';
    const isBare = key === undefined && quoted === undefined && value === '';
    pieces.push({
      from: at,
      to,
      isNot: minus === '-' && !isBare,
      key: key?.toLowerCase() ?? null,
      value: isBare ? text : value,
      isQuoted: quoted !== undefined,
    });
    at = to;
  }
  return pieces;
}

function kindOf<T>({ key, value }: Piece, kinds: readonly TokenKind<T>[]): TokenKind<T> | null {
  if (key !== null) return kinds.find((each) => each.key === key && each.example !== null) ?? null;
  return (
    kinds.find(({ looksLike }) => looksLike?.test(value)) ??
    kinds.find((each) => each.example === null && each.key === value.toLowerCase()) ??
    null
  );
}

function valueOf<T>({ value }: Piece, kind: TokenKind<T>): Result<T, string> {
  if (kind.example === null) return kind.read(kind.looksLike === undefined ? '' : value);
  const text = value.trim();
  if (text === '')
    return refused(`“${kind.key}:” needs a value, such as ${tokenText(kind.key, kind.example)}.`);
  return kind.read(text);
}

/** A minus before a plain word would mean "without it"; words only ever narrow, so that is said and not guessed. */
function notWord({ isNot, value }: Piece): string | null {
  if (!isNot) return null;
  return `“-${value}” leaves out nothing: a minus works before a token, such as -tag:vip.`;
}

function unknownKey<T>(key: string, kinds: readonly TokenKind<T>[]): string {
  const bare = kinds.find((each) => each.key === key && each.example === null);
  if (bare !== undefined) return `“${key}” stands alone: type it without the colon.`;
  const near = kinds
    .filter((each) => each.example !== null && isNear(each.key, key))
    .map((each) => `${each.key}:`);
  const there =
    near.length > 0 ? near : kinds.filter((each) => each.example !== null).map((each) => `${each.key}:`);
  const told = near.length > 0 ? `Did you mean ${there.join(' or ')}?` : `There are ${there.join(', ')}.`;
  return `There is no token “${key}:”. ${told} To look for the text itself, put it in quotes.`;
}

/** One slip of a finger apart, two letters swapped, or one the beginning of the other. */
function isNear(a: string, b: string): boolean {
  if (a.startsWith(b) || b.startsWith(a)) return true;
  if (lettersOf(a) === lettersOf(b)) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same++;
  const [restA, restB] = [a.slice(same), b.slice(same)];
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}

function lettersOf(key: string): string {
  return key.split('').sort().join('');
}

/** One of a few words, or a sentence that lists them. */
export function oneOf<V extends string>(key: string, values: readonly V[], typed: string): Result<V, string> {
  const found = values.find((value) => value === typed.toLowerCase());
  if (found !== undefined) return ok(found);
  return refused(`“${typed}” is nothing that ${key}: knows. There are ${values.join(', ')}.`);
}
