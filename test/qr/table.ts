/** The table that ships, read as the terminal reads it. */
import { readFileSync } from 'node:fs'
import type { CodeTable } from '#qr/code-table.ts'
import { readCodeTable } from '#shell/config/code-table-file.ts'

export function shippedTable(): CodeTable {
  const read = readCodeTable(readFileSync('config/code-classes.yaml', 'utf8'))
  if (!read.ok) throw new Error(read.error)
  return read.table
}
