import type { Report } from '../../shared/contract/reports.ts';
import type { Cell, ReportTable } from './report-tables.ts';

/* A report as a page to print: no script, nothing from elsewhere, and every word of it text. */

/** Days are drawn as points of a line; more than these are drawn by the tables alone. */
const POINTS_MAX = 1_200;

export function reportPage(title: string, report: Report, tables: readonly ReportTable[]): string {
  const parts = tables.flatMap((table) => [
    ...(table.title.startsWith('By ') ? [chart(report.trend)] : []),
    table.title === 'Hours of the week' ? weekTable(report.heat) : tableHtml(table),
  ]);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>${STYLE}</style></head><body><h1>${escaped(title)}</h1>${parts.join('')}</body></html>`;
}

function tableHtml({ title, heading, rows }: ReportTable): string {
  const cell = (tag: 'th' | 'td') => (value: Cell) =>
    `<${tag}${typeof value === 'number' ? ' class="n"' : ''}>${escaped(text(value))}</${tag}>`;
  const body = rows.map((row) => `<tr>${row.map(cell('td')).join('')}</tr>`).join('');
  const empty = rows.length === 0 ? '<p>Nothing to tell in these days.</p>' : '';
  return `<section><h2>${escaped(title)}</h2><table><thead><tr>${heading.map(cell('th')).join('')}</tr></thead><tbody>${body}</tbody></table>${empty}</section>`;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Hours down, weekdays across: 168 rows would be four sheets of paper. */
function weekTable(heat: Report['heat']): string {
  const rows = Array.from({ length: 24 }, (_, hour) => {
    const cells = DAYS.map((_day, nth) => heat[nth * 24 + hour]).map((each) =>
      each === undefined || each.dials === 0
        ? '<td class="n">·</td>'
        : `<td class="n">${each.talks} of ${each.dials}</td>`,
    );
    return `<tr><th>${String(hour).padStart(2, '0')}:00</th>${cells.join('')}</tr>`;
  });
  const heading = DAYS.map((day) => `<th class="n">${day}</th>`).join('');
  return `<section><h2>Hours of the week: talks of dials</h2><table><thead><tr><th>Hour</th>${heading}</tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}

/** Dials as a line, talks as a dashed one. */
function chart(trend: Report['trend']): string {
  if (trend.length < 2 || trend.length > POINTS_MAX) return '';
  const most = Math.max(1, ...trend.map(({ dials }) => dials));
  const line = (of: (each: Report['trend'][number]) => number) =>
    trend
      .map(
        (each, nth) =>
          `${((nth * 700) / (trend.length - 1)).toFixed(1)},${(160 - (of(each) * 150) / most).toFixed(1)}`,
      )
      .join(' ');
  return `<figure><svg viewBox="0 0 700 165" role="img" aria-label="Dials and talks over time; the table below has the numbers"><polyline points="${line(({ dials }) => dials)}" fill="none" stroke="#1d4ed8" stroke-width="2"/><polyline points="${line(({ talks }) => talks)}" fill="none" stroke="#166534" stroke-width="2" stroke-dasharray="6 4"/></svg><figcaption>Line: dials, at most ${most.toLocaleString('en')}. Dashed: talks.</figcaption></figure>`;
}

function text(value: Cell): string {
  return typeof value === 'number' ? value.toLocaleString('en') : value;
}

function escaped(words: string): string {
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const STYLE = `
body { font: 10pt system-ui, sans-serif; color: #111; margin: 0 }
h1 { font-size: 17pt; margin: 0 0 4mm } h2 { font-size: 12pt; margin: 6mm 0 2mm }
table { border-collapse: collapse; width: 100% } thead { display: table-header-group }
th, td { text-align: left; padding: 1mm 2mm; border-bottom: 0.2mm solid #bbb; font-variant-numeric: tabular-nums }
th { font-weight: 600 } .n { text-align: right } tr { break-inside: avoid } h2 { break-after: avoid }
figure { margin: 4mm 0 } svg { width: 100% } figcaption { color: #444 }`;
