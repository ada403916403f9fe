/** What ships with the program and every terminal reads at its start: dialect, code classes, words of slips, response codes. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { loadResponseCodes } from '#shell/config/response-codes-file.ts'
import type { TerminalFile } from '#shell/config/terminal-file.ts'
import { readSlipWords } from '#shell/receipt/slip-words.ts'
import type { TerminalParts } from '#shell/terminal.ts'
import type { ShippedFiles } from './shipped.ts'

export type Shared = Pick<TerminalParts, 'dialect' | 'codeTable' | 'slipWords'> & {
  readonly responseCodes: NonNullable<ReturnType<typeof loadResponseCodes>>
}

/** In one sentence what is wrong with it, before anything was opened. */
export function loadShared(
  folder: string,
  file: TerminalFile,
  shipped: ShippedFiles,
):
  | { readonly ok: true; readonly value: Shared }
  | { readonly ok: false; readonly sentence: string } {
  const dialect = shipped.dialect(file.acquirer.dialect)
  if (!dialect.ok) return refused(dialect.problem)
  const codeTable = shipped.codeTable()
  if (!codeTable.ok) return refused(`code-classes.yaml: ${codeTable.error}`)
  const words = readSlipWords(
    JSON.parse(
      readFileSync(join(folder, 'locales', `slip.${file.terminal.locale.slip}.json`), 'utf8'),
    ),
  )
  if (!words.ok) return refused(`slip words: ${words.error}`)
  const responseCodes = shipped.responseCodes()
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
