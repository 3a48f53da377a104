import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { inFolder } from '../store/testing.ts';
import { previewFile, recordsOf } from './source.ts';
import { sheetRecords } from './xlsx.ts';
import { styleIn } from './xlsx-parts.ts';
import { unpacked, zipEntries } from './zip.ts';

/** A workbook by hand: the sheet as its XML, and what else it needs. */
function aBook(sheet: string, { strings = '', styles = '', workbookPr = '' } = {}): Uint8Array {
  const rel = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="http://schemas.example/${kind}" Target="${target}"/>`;
  return zipSync({
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
    'xl/worksheets/sheet2.xml': strToU8(
      '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>x</v></c></row></sheetData></worksheet>',
    ),
    'xl/workbook.xml': strToU8(
      `<workbook xmlns:r="r">${workbookPr}<sheets><sheet name="People" sheetId="1" r:id="r1"/><sheet name="Other" sheetId="2" r:id="r2"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships>${rel('r1', 'worksheet', 'worksheets/sheet1.xml')}${rel('r2', 'worksheet', '/xl/worksheets/sheet2.xml')}${rel('r3', 'sharedStrings', 'sharedStrings.xml')}${rel('r4', 'styles', 'styles.xml')}</Relationships>`,
    ),
    'xl/sharedStrings.xml': strToU8(`<sst>${strings}</sst>`),
    'xl/styles.xml': strToU8(`<styleSheet>${styles}</styleSheet>`),
  });
}

function rowsOf(path: string, sheet: string): string[][] {
  return [...sheetRecords(path, sheet)].flatMap((batch) => {
    if (!batch.ok) throw new Error(batch.error);
    return batch.value.records.map(({ cells }) => cells);
  });
}

const inBook = (bytes: Uint8Array, work: (path: string) => void) =>
  inFolder((folder) => {
    const path = join(folder, 'list.xlsx');
    writeFileSync(path, bytes);
    work(path);
  });

test('a workbook as Excel’s users save it is previewed and read like any list', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'march.csv');
    const people = [
      ['Name', 'Phone', 'Renewal', 'VIP'].map((value) => ({ value })),
      [
        { value: 'José Muñoz 😀' },
        { value: 12125550101 },
        { value: new Date(Date.UTC(2026, 11, 24)), type: Date, format: 'mm/dd/yyyy' },
        { value: true, type: Boolean },
      ],
      [{ value: 'مريم' }, { value: '212-555-0102' }, null, { value: false, type: Boolean }],
    ];
    writeFileSync(path, await writeXlsxFile(people as never).toBuffer());
    const seen = previewFile(path, 'US');
    expect(seen).toMatchObject({
      ok: true,
      value: {
        sheet: 'Sheet1',
        sheets: ['Sheet1'],
        columns: ['Name', 'Phone', 'Renewal', 'VIP'],
        rows: [
          ['José Muñoz 😀', '12125550101', '2026-12-24', 'TRUE'],
          ['مريم', '212-555-0102', '', 'FALSE'],
        ],
      },
    });
    if (!seen.ok) return;
    expect(seen.value.mapping.columns.map(({ field }) => field).slice(0, 2)).toEqual(['name', 'phone']);
    const batches = [...recordsOf(path, seen.value)];
    expect(batches.every((batch) => batch.ok)).toBe(true);
    expect(batches.flatMap((batch) => (batch.ok ? batch.value.records : [])).map(({ line }) => line)).toEqual(
      [1, 2, 3],
    );
  }));

test('every kind of cell is read as what Excel shows, and gaps stay gaps', () =>
  inBook(
    aBook(
      `<row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c></row>
       <row r="5"><c r="A5"><v>1.2125550101E10</v></c><c r="B5" t="str"><f>A1&amp;B1</f><v>1.2E+10</v></c><c r="C5" t="e"><v>#N/A</v></c><c r="D5" t="b"><v>1</v></c></row>
       <row r="6"><c r="A6" s="1"><v>46380</v></c><c r="B6" s="2"><v>46380.5</v></c><c r="C6" s="3"><v>0.40625</v></c><c r="D6"><v>0.1</v></c></row>`,
      {
        strings: '<si><t>zero</t></si><si><r><t>two </t></r><r><t>runs</t></r><rPh><t>said</t></rPh></si>',
        styles:
          '<numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="20"/></cellXfs>',
      },
    ),
    (path) => {
      expect(rowsOf(path, 'People')).toEqual([
        ['two runs', '', 'inline'],
        ['12125550101', '1.2E+10', '#N/A', 'TRUE'],
        ['2026-12-24', '2026-12-24 12:00', '09:45', '0.1'],
      ]);
      expect(rowsOf(path, 'Other')).toEqual([['x']]);
    },
  ));

test('days are counted from 1904 where the workbook says so', () =>
  inBook(
    aBook('<row><c s="0"><v>44918</v></c></row>', {
      workbookPr: '<workbookPr date1904="1"/>',
      styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
    }),
    (path) => expect(rowsOf(path, 'People')).toEqual([['2026-12-24']]),
  ));

test.each([
  ['dd/mm/yyyy', 'date'],
  ['h:mm AM/PM', 'time'],
  ['[$-409]m/d/yy h:mm;@', 'date-time'],
  ['0.00', 'plain'],
  ['#,##0 "days"', 'plain'],
  ['General', 'plain'],
  ['mmmm', 'date'],
  ['[Red]0', 'plain'],
  ['[hh]:mm:ss', 'time'],
])('the format %s shows a %s', (format, style) => {
  expect(styleIn(format)).toBe(style);
});

test('a chosen sheet is previewed, and one that is gone is told', () =>
  inBook(aBook('<row r="1"><c r="A1" t="str"><v>Name</v></c></row>'), (path) => {
    const dialect = { delimiter: ',', hasQuotes: true, hasHeader: false, hasSepLine: false };
    expect(previewFile(path, 'US', { sheet: 'Other', dialect })).toMatchObject({
      ok: true,
      value: { sheet: 'Other', sheets: ['People', 'Other'], rows: [['x']] },
    });
    expect([...sheetRecords(path, 'Gone')]).toMatchObject([{ ok: false }]);
  }));

test('a ZIP file that is called a list is told as what it is', () =>
  inFolder((folder) => {
    const path = join(folder, 'list.csv');
    writeFileSync(path, zipSync({ 'people.csv': strToU8('Name,Phone\n') }));
    expect(previewFile(path, 'US')).toMatchObject({ ok: false, error: expect.stringContaining('ZIP file') });
    expect(previewFile(path, 'US')).toMatchObject({ error: expect.stringContaining('people.csv') });
    writeFileSync(path, zipSync({ mimetype: strToU8('x'), 'content.xml': strToU8('<x/>') }));
    expect(previewFile(path, 'US')).toMatchObject({ error: expect.stringContaining('OpenDocument') });
  }));

test('a workbook that is cut off, or damaged inside, is told and imports nothing', () => {
  const whole = aBook('<row r="1"><c r="A1" t="str"><v>Name</v></c></row>');
  inBook(whole.subarray(0, whole.length - 40), (path) =>
    expect(previewFile(path, 'US')).toMatchObject({ error: expect.stringContaining('not whole') }),
  );
  inBook(aBook('<row r="1"><c r="A1" t="str"><v>Name</c></row>'), (path) =>
    expect(previewFile(path, 'US')).toMatchObject({ error: expect.stringContaining('damaged') }),
  );
});

test('a few kilobytes that unpack to gigabytes are stopped on the way', () =>
  inBook(zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(8_000_000) }), (path) => {
    const entries = zipEntries(path);
    if (!entries.ok) throw new Error(entries.error);
    let bytes = 0;
    expect(() => {
      for (const piece of unpacked(path, entries.value[0]!, 1_000_000)) bytes += piece.bytes.length;
    }).toThrow('unpacks to more');
    expect(bytes).toBeLessThan(2_000_000);
  }));

test('a sheet of more columns than a list has is refused', () =>
  inBook(aBook('<row r="1"><c r="XFD1" t="str"><v>far</v></c></row>'), (path) =>
    expect(previewFile(path, 'US')).toMatchObject({ error: expect.stringContaining('16384 columns') }),
  ));
