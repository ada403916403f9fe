/** What a download is for: the reader gets the CA keys and AIDs that lie in the data folder, between transactions. */
import type { DownloadName } from '#core/link/chore.ts'
import type { CardReaderPort, TableTaken } from '#core/ports/card-reader.ts'
import type { Note } from '../log.ts'
import type { DownloadStore } from './store.ts'

export type ReaderTable = Extract<DownloadName, 'caKeys' | 'aids'>

/**
 * At the start of a life with all tables, and after every download with the one that is new. Nothing happens without entries, or with a
 * reader that takes none.
 */
export async function equipReader(
  parts: {
    readonly reader: CardReaderPort
    readonly downloads: DownloadStore
    readonly note: Note
  },
  tables: readonly ReaderTable[],
): Promise<void> {
  for (const table of tables) {
    const entries = kept(parts.downloads, table)
    const taken = entries.length === 0 ? undefined : await give(parts.reader, table, entries)
    if (taken !== undefined)
      parts.note(`${WORDS[table]} of the card reader`, {
        taken: String(taken.taken),
        refused: String(taken.refused),
      })
  }
}

const WORDS: Readonly<Record<ReaderTable, string>> = { caKeys: 'CA keys', aids: 'AIDs' }

async function give(
  reader: CardReaderPort,
  table: ReaderTable,
  entries: readonly Uint8Array[],
): Promise<TableTaken | undefined> {
  return table === 'caKeys' ? await reader.holdCaKeys?.(entries) : await reader.holdAids?.(entries)
}

/** A disk that cannot be read is told elsewhere; the reader goes on with what it has. */
function kept(downloads: DownloadStore, table: ReaderTable): readonly Uint8Array[] {
  try {
    return downloads.read(table)
  } catch {
    return []
  }
}
