// The benchmark rows as a table that a person can read.

const COLUMNS = ['', 'what', 'measured', 'baseline', 'ratio', 'bar'];
const NUMBERS = new Set(['measured', 'baseline', 'ratio']);

/** The row in a line that a benchmark printed, or null when the line is ordinary talk. */
export function rowIn(line) {
  if (!line.startsWith('{"name"')) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** A table of all rows, one line each, under a heading. */
export function tableOf(rows) {
  const cells = rows.map((row) => [
    row.ok ? '✓' : '✗',
    row.name,
    `${figure(row.value)} ${row.unit}`,
    row.baseline === null ? '' : `${figure(row.baseline)} ${row.unit}`,
    row.ratio === null ? '' : `${figure(row.ratio)}×`,
    row.bar ?? '',
  ]);
  const widths = COLUMNS.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i].length)));
  const line = (row) => row.map((cell, i) => pad(cell, widths[i], NUMBERS.has(COLUMNS[i]))).join('  ');
  return [COLUMNS, widths.map((width) => '─'.repeat(width)), ...cells]
    .map((row) => line(row).trimEnd())
    .join('\n');
}

function pad(text, width, toTheRight) {
  return toTheRight ? text.padStart(width) : text.padEnd(width);
}

/** Three figures that matter are more than a shared machine can promise. */
function figure(number) {
  if (Math.abs(number) >= 1000) return Math.round(number).toLocaleString('en-US');
  return String(Number(number.toPrecision(3)));
}
