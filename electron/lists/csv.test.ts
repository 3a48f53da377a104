import { expect, test } from 'vitest';
import { type Random, between, pick, seededRandom } from '../../shared/lib/random.ts';
import { csvReader, readCsv } from './csv.ts';

const COMMA = { delimiter: ',', hasQuotes: true };

function cellsOf(text: string, shape = COMMA): string[][] {
  const read = readCsv(text, shape);
  if (!read.ok) throw new Error(read.error.sentence);
  return read.value.map((record) => record.cells);
}

test('quotes, doubled quotes, and line breaks inside quotes belong to the cell', () => {
  expect(cellsOf('a,"b ""c"" d",e\r\n"two\r\nlines","x,y",\n')).toEqual([
    ['a', 'b "c" d', 'e'],
    ['two\r\nlines', 'x,y', ''],
  ]);
});

test('line ends may be mixed, the last may be missing, and empty lines are no rows', () => {
  expect(cellsOf('a,1\rb,2\nc,3\r\n\r\n\nd,4')).toEqual([
    ['a', '1'],
    ['b', '2'],
    ['c', '3'],
    ['d', '4'],
  ]);
});

test('short and long rows are kept as they stand', () => {
  expect(cellsOf('a,b,c\n1\n1,2,3,4')).toEqual([['a', 'b', 'c'], ['1'], ['1', '2', '3', '4']]);
});

test('a quote in the middle of a cell is text', () => {
  expect(cellsOf('5" pipe,"Bob"by,"x"\n')).toEqual([['5" pipe', '"Bob"by', 'x']]);
});

test('an empty quoted cell alone on its line is no row, and a delimiter alone is a row of two', () => {
  expect(cellsOf(',\n')).toEqual([['', '']]);
});

test('an unclosed quote is told with its line, its place and the text around it', () => {
  const read = readCsv('name,note\nAda,fine\nBob,"never closed\nCy,1\n', COMMA);
  expect(read).toMatchObject({ ok: false, error: { kind: 'unclosed-quote', line: 3, offset: 23 } });
  if (!read.ok) expect(read.error.sentence).toContain('Bob,"never closed Cy,1');
});

test('the line of an unclosed quote counts the lines inside the row before it', () => {
  const read = readCsv('a,"1\n2",b\n"x\ny","open\n', COMMA);
  expect(read).toMatchObject({ ok: false, error: { line: 4 } });
});

test('quotes can be read as text, and then nothing is unclosed', () => {
  expect(cellsOf('a,"b\nc,d', { delimiter: ',', hasQuotes: false })).toEqual([
    ['a', '"b'],
    ['c', 'd'],
  ]);
});

test('a row that never ends is refused before it fills the memory', () => {
  const reader = csvReader(COMMA, 1_000);
  let answer = reader.push('"');
  for (let i = 0; i < 100 && answer.ok; i++) answer = reader.push('x'.repeat(100));
  expect(answer).toMatchObject({ ok: false, error: { kind: 'too-long', line: 1 } });
});

test('each row knows the line it begins on', () => {
  const read = readCsv('h\r\n"a\r\nb\nc"\r\n\r\nd', COMMA);
  expect(read.ok && read.value.map((record) => record.line)).toEqual([1, 2, 6]);
});

/** One character after the other, with nothing clever in it: what the quick reader must agree with. */
function slowly(text: string, delimiter: string, hasQuotes: boolean): string[][] | 'unclosed' {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let mode: 'start' | 'plain' | 'quoted' = 'start';
  const endCell = () => {
    row.push(cell);
    cell = '';
    mode = 'start';
  };
  const endRow = () => {
    endCell();
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  let isOpen = false;
  let i = 0;
  for (; i < text.length; i++) {
    const char = text[i]!;
    isOpen = true;
    if (mode === 'quoted') {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else {
        const next = text[i + 1];
        const isClosed = next === undefined || next === delimiter || next === '\n' || next === '\r';
        if (!isClosed) cell = `"${cell}"`;
        mode = 'plain';
      }
    } else if (hasQuotes && mode === 'start' && char === '"') mode = 'quoted';
    else if (char === delimiter) endCell();
    else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[i + 1] === '\n') i += 1;
      endRow();
      isOpen = false;
    } else {
      cell += char;
      mode = 'plain';
    }
  }
  // The check is widened because TypeScript does not see the loop change it.
  if ((mode as string) === 'quoted') return 'unclosed';
  if (isOpen) endRow();
  return rows;
}

function messyText(random: Random, delimiter: string): string {
  const bits = [
    'a',
    'Zoë',
    '"',
    '""',
    '"',
    delimiter,
    delimiter,
    '\n',
    '\r',
    '\r\n',
    ' ',
    '“',
    '😀',
    `"q${delimiter}"`,
    '"x\r\ny"',
  ];
  let text = '';
  for (let left = between(random, 0, 40); left > 0; left--) text += pick(random, bits);
  return text;
}

test('3,000 random files in random pieces are read as the slow reader reads them', () => {
  const random = seededRandom('csv');
  for (let file = 0; file < 3_000; file++) {
    const delimiter = pick(random, [',', ';', '\t', '|']);
    const hasQuotes = random.next() < 0.9;
    const text = messyText(random, delimiter);
    const reader = csvReader({ delimiter, hasQuotes });
    const rows: string[][] = [];
    for (let at = 0; at < text.length; ) {
      const to = at + between(random, 1, 7);
      const pushed = reader.push(text.slice(at, to));
      if (!pushed.ok) throw new Error(`${JSON.stringify(text)}: ${pushed.error.sentence}`);
      rows.push(...pushed.value.map((record) => record.cells));
      at = to;
    }
    const last = reader.end();
    if (last.ok) rows.push(...last.value.map((record) => record.cells));
    expect([text, last.ok ? rows : 'unclosed']).toEqual([text, slowly(text, delimiter, hasQuotes)]);
  }
});
