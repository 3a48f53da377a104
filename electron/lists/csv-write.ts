/** What spreadsheets run as a formula when a cell begins with it. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * One line of CSV. A cell that a spreadsheet would run as a formula gets a quote mark before it; a number with a
 * plus or a minus is left alone, since it can do nothing.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Without it Excel takes UTF-8 for the system’s own encoding. */
export const UTF8_MARK = '\ufeff';

function csvCell(cell: string): string {
  const safe = FORMULA.test(cell) && !/^[+-][\d\s().,-]*$/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n;\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
