/** Lines for a spreadsheet (RFC 4180). Text that a spreadsheet would take for a formula gets an apostrophe in front: a till's reference is written by others. */

/** One line, without its end. */
export function csvLine(cells: readonly (string | number)[]): string {
  return cells.map(cell).join(',')
}

/** Numbers stand as they are. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
