/** What ships with the program and every terminal reads at its start: dialect, code classes, words of slips, response codes. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadCodeTable } from '#shell/config/code-table-file.ts'
import { loadDialect } from '#shell/config/dialect-file.ts'
import { loadResponseCodes } from '#shell/config/response-codes-file.ts'
import type { TerminalFile } from '#shell/config/terminal-file.ts'
import { readSlipWords } from '#shell/receipt/slip-words.ts'
import type { TerminalParts } from '#shell/terminal.ts'

export type Shared = Pick<TerminalParts, 'dialect' | 'codeTable' | 'slipWords'> & {
  readonly responseCodes: NonNullable<ReturnType<typeof loadResponseCodes>>
}

/** In one sentence what is wrong with it, before anything was opened. */
export function loadShared(
  folder: string,
  file: TerminalFile,
):
  | { readonly ok: true; readonly value: Shared }
  | { readonly ok: false; readonly sentence: string } {
  const dialect = loadDialect(file.acquirer.dialect, join(folder, 'dialects'))
  if (!dialect.ok) return refused(dialect.problem)
  const codeTable = loadCodeTable(join(folder, 'code-classes.yaml'))
  if (!codeTable.ok) return refused(`code-classes.yaml: ${codeTable.error}`)
  const words = readSlipWords(
    JSON.parse(
      readFileSync(join(folder, 'locales', `slip.${file.terminal.locale.slip}.json`), 'utf8'),
    ),
  )
  if (!words.ok) return refused(`slip words: ${words.error}`)
  const responseCodes = loadResponseCodes(join(folder, 'response-codes.yaml'))
  if (responseCodes === null) return refused('response-codes.yaml is missing or wrong')
  return {
    ok: true,
    value: {
      dialect: dialect.dialect,
      codeTable: codeTable.table,
      slipWords: words.words,
      responseCodes,
    },
  }
}

function refused(problem: string): { readonly ok: false; readonly sentence: string } {
  return {
    ok: false,
    sentence: `The configuration cannot be used: ${problem}. Nothing was started.`,
  }
}
