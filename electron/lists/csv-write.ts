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

const QUOTED = /[",\r\n;\t]|^\s|\s$/;

/** Either of the two; most cells are neither, and one look at them is enough. */
const SPECIAL = /[",\r\n;\t]|^[=+\-@\s]|\s$/;

function csvCell(cell: string): string {
  if (!SPECIAL.test(cell)) return cell;
  const safe = FORMULA.test(cell) && !/^[+-][\d\s().,-]*$/.test(cell) ? `'${cell}` : cell;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
