/** What a download is for: the reader gets the CA keys that lie in the data folder, between transactions. */
import type { CardReaderPort } from '#core/ports/card-reader.ts'
import type { Note } from '../log.ts'
import type { DownloadStore } from './store.ts'

/** At the start of a life and after every download of CA keys. Nothing happens without keys, or with a reader that takes none. */
export async function equipReader(parts: {
  readonly reader: CardReaderPort
  readonly downloads: DownloadStore
  readonly note: Note
}): Promise<void> {
  const keys = keptKeys(parts.downloads)
  if (keys.length === 0 || parts.reader.holdCaKeys === undefined) return
  const { refused, taken } = await parts.reader.holdCaKeys(keys)
  parts.note('CA keys of the card reader', { taken: String(taken), refused: String(refused) })
}

/** A disk that cannot be read is told elsewhere; the reader goes on with the keys that it has. */
function keptKeys(downloads: DownloadStore): readonly Uint8Array[] {
  try {
    return downloads.read('caKeys')
  } catch {
    return []
  }
}
