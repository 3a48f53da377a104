import sax from 'sax';
import type { ZipEntry } from './zip.ts';
import { ZipTrouble, unpacked } from './zip.ts';

/* The small parts of a workbook: which sheets there are, which styles are dates, and the texts cells share. */

/** A parser that only tells what somebody listens for. Damage in the XML is told as such. */
export function xmlReader(listen: {
  open?: (name: string, attributes: Readonly<Record<string, string>>, isEmpty: boolean) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}): (text: string) => void {
  const parser = sax.parser(true, {});
  parser.onopentag = ({ name, attributes, isSelfClosing }) =>
    listen.open?.(localName(name), attributes as Record<string, string>, isSelfClosing);
  parser.onclosetag = (name) => listen.close?.(localName(name));
  parser.ontext = (text) => listen.text?.(text);
  parser.onerror = () => {
    throw new ZipTrouble(DAMAGED);
  };
  return (text) => parser.write(text);
}

export const DAMAGED =
  'A part of this workbook is damaged. Nothing was imported. Open it in Excel and save it again, or save the sheet as CSV (UTF-8) and drop that.';

/** Some writers put a prefix before every name; it says nothing. */
function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/** The text of an entry, some at a time. `until` ends it early. */
export function readXml(
  file: string,
  entry: ZipEntry,
  read: (text: string) => void,
  until = () => false,
): void {
  const decoder = new TextDecoder();
  for (const { bytes } of unpacked(file, entry)) {
    read(decoder.decode(bytes, { stream: true }));
    if (until()) return;
  }
}

export interface Book {
  /** In the order of the tabs. */
  readonly sheets: readonly { readonly name: string; readonly entry: ZipEntry }[];
  /** Days are counted from 1904, as Excel on a Mac once did. */
  readonly is1904: boolean;
  readonly strings: ZipEntry | null;
  /** For each style of a cell, whether it shows a date, a time, or neither. */
  readonly styles: readonly CellStyle[];
}

export type CellStyle = 'plain' | 'date' | 'time' | 'date-time';

/** What a workbook is made of; null where this is none. */
export function bookIn(file: string, entries: readonly ZipEntry[]): Book | null {
  const byName = new Map(entries.map((entry) => [entry.name.replace(/^\//, ''), entry]));
  const workbook = byName.get('xl/workbook.xml');
  if (workbook === undefined) return null;
  const targets = targetsIn(file, byName.get('xl/_rels/workbook.xml.rels'));
  const found: { name: string; id: string }[] = [];
  let is1904 = false;
  const read = xmlReader({
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => localName(key) === 'id')?.[1] ?? '';
      found.push({ name: attributes['name'] ?? '', id });
    },
  });
  readXml(file, workbook, read);
  const sheets = found.flatMap(({ name, id }) => {
    const entry = byName.get(targets.get(id)?.path ?? '');
    // A chart has a tab, and no rows.
    return entry === undefined || !entry.name.includes('worksheets/') ? [] : [{ name, entry }];
  });
  const other = (kind: string) => [...targets.values()].find((each) => each.kind === kind)?.path ?? '';
  const styles = byName.get(other('styles'));
  return {
    sheets,
    is1904,
    strings: byName.get(other('sharedStrings')) ?? null,
    styles: styles === undefined ? [] : stylesIn(file, styles),
  };
}

function targetsIn(file: string, entry: ZipEntry | undefined): Map<string, { path: string; kind: string }> {
  const targets = new Map<string, { path: string; kind: string }>();
  if (entry === undefined) return targets;
  const read = xmlReader({
    open(name, { Id = '', Target = '', Type = '' }) {
      if (name !== 'Relationship') return;
      const path = Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`;
      targets.set(Id, { path, kind: Type.slice(Type.lastIndexOf('/') + 1) });
    },
  });
  readXml(file, entry, read);
  return targets;
}

function stylesIn(file: string, entry: ZipEntry): CellStyle[] {
  const formats = new Map<number, string>();
  const styles: CellStyle[] = [];
  let isCells = false;
  const read = xmlReader({
    open(name, attributes) {
      if (name === 'numFmt') formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') isCells = true;
      if (name === 'xf' && isCells) styles.push(styleOf(Number(attributes['numFmtId'] ?? 0), formats));
    },
    close(name) {
      if (name === 'cellXfs') isCells = false;
    },
  });
  readXml(file, entry, read);
  return styles;
}

/** The formats that every Excel knows by number, and those that a workbook writes out. */
function styleOf(id: number, formats: ReadonlyMap<number, string>): CellStyle {
  const own = formats.get(id);
  if (own !== undefined) return styleIn(own);
  if (id === 22) return 'date-time';
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return 'time';
  return (id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? 'date' : 'plain';
}

/** `dd/mm/yyyy hh:mm` shows both. Words in quotes, colours in brackets and escaped letters show nothing. */
export function styleIn(format: string): CellStyle {
  const bare = format
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .split(';')[0]!;
  if (/general/i.test(bare) || /[#0?]/.test(bare.replace(/\.0+/g, ''))) return 'plain';
  const hasDay = /[dy]/i.test(bare) || /^m+$/i.test(bare.replace(/[^a-z]/gi, ''));
  const hasTime = /[hs]/i.test(bare);
  return hasDay && hasTime ? 'date-time' : hasDay ? 'date' : hasTime ? 'time' : 'plain';
}

/** The texts that cells share, in their order. `max` reads no more of them than are wanted. */
export function sharedStrings(file: string, entry: ZipEntry, max = Number.POSITIVE_INFINITY): string[] {
  const strings: string[] = [];
  let chars = 0;
  let text = '';
  let isText = false;
  let isSpoken = false;
  const read = xmlReader({
    open(name) {
      if (name === 'si') text = '';
      if (name === 't') isText = true;
      // How a Japanese name is said stands beside how it is written.
      if (name === 'rPh') isSpoken = true;
    },
    close(name) {
      if (name === 't') isText = false;
      if (name === 'rPh') isSpoken = false;
      if (name !== 'si') return;
      strings.push(text);
      chars += text.length;
      if (chars > STRING_CHARS_MAX) throw new ZipTrouble(TOO_MANY_TEXTS);
    },
    text(piece) {
      if (isText && !isSpoken) text += piece;
    },
  });
  readXml(file, entry, read, () => strings.length >= max);
  return strings;
}

/** As much as a million rows of names and addresses need, and memory bears. */
const STRING_CHARS_MAX = 60_000_000;
const TOO_MANY_TEXTS =
  'This workbook has more text in it than fits into memory at once. Nothing was imported. Save the sheet as CSV (UTF-8) and drop that.';
