/**
 * Shipped files that were checked when the release was made: a terminal that finds them unchanged need not read and check them again. It
 * compares the texts themselves, so whoever changes a file is believed.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadCodeTable } from '#shell/config/code-table-file.ts'
import { loadDialect } from '#shell/config/dialect-file.ts'
import { loadResponseCodes } from '#shell/config/response-codes-file.ts'
import { loadSituations } from '#shell/drill/situations-file.ts'

/** That of most acquirers here; it extends no other. A terminal with another one reads it at each start. */
const HELD_DIALECT = 'unionpay-pos'
const FILES = [
  join('dialects', `${HELD_DIALECT}.yaml`),
  'code-classes.yaml',
  'response-codes.yaml',
  'drills.yaml',
]

export type ShippedFiles = {
  /** By its name or its path, in the folder of dialects. */
  readonly dialect: (nameOrPath: string) => ReturnType<typeof loadDialect>
  readonly codeTable: () => ReturnType<typeof loadCodeTable>
  readonly responseCodes: () => ReturnType<typeof loadResponseCodes>
  readonly situations: () => ReturnType<typeof loadSituations>
}

export type Shipped = {
  readonly texts: readonly string[]
  readonly dialect: ReturnType<typeof loadDialect>
  readonly codeTable: ReturnType<typeof loadCodeTable>
  readonly responseCodes: ReturnType<typeof loadResponseCodes>
  readonly situations: ReturnType<typeof loadSituations>
}

/** Checked now. `folder`: the shipped configuration. Throws when a file is missing or extends another, whose text would not be compared. */
export function holdShipped(folder: string): Shipped {
  const texts = textsIn(folder)
  if (/^extends:/m.test(texts[0] ?? '')) throw new Error(`${HELD_DIALECT} extends another dialect`)
  const fresh = filesIn(folder)
  return {
    texts,
    dialect: fresh.dialect(HELD_DIALECT),
    codeTable: fresh.codeTable(),
    responseCodes: fresh.responseCodes(),
    situations: fresh.situations(),
  }
}

/** What was held where the files in `folder` are those of then; otherwise read anew. Never throws. */
export function shippedNow(held: Shipped | null, folder: string): ShippedFiles {
  const fresh = filesIn(folder)
  if (held === null || !areSame(held, folder)) return fresh
  return {
    dialect: (name) => (name === HELD_DIALECT ? held.dialect : fresh.dialect(name)),
    codeTable: () => held.codeTable,
    responseCodes: () => held.responseCodes,
    situations: () => held.situations,
  }
}

function filesIn(folder: string): ShippedFiles {
  return {
    dialect: (nameOrPath) => loadDialect(nameOrPath, join(folder, 'dialects')),
    codeTable: () => loadCodeTable(join(folder, 'code-classes.yaml')),
    responseCodes: () => loadResponseCodes(join(folder, 'response-codes.yaml')),
    situations: () => loadSituations(join(folder, 'drills.yaml')),
  }
}

function areSame({ texts }: Shipped, folder: string): boolean {
  try {
    return textsIn(folder).every((text, at) => text === texts[at])
  } catch {
    // A file that is missing is named by whoever reads it.
    return false
  }
}

function textsIn(folder: string): readonly string[] {
  return FILES.map((file) => readFileSync(join(folder, file), 'utf8'))
}
