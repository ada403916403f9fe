import { expect, test } from 'vitest'
import type { CardReaderPort } from '#core/ports/card-reader.ts'
import { equipReader } from '#shell/downloads/equip-reader.ts'
import { createDownloadStore } from '#shell/downloads/store.ts'
import { createMemoryDisk } from '../keys/memory-disk.ts'

const TABLES = ['caKeys', 'aids'] as const
const KEY = Uint8Array.of(0x9f, 0x22, 1, 0x0b)
const AID = Uint8Array.of(0x9f, 0x06, 5, 0xa0, 0, 0, 3, 0x33)

test('the reader gets the CA keys that were downloaded, and the log says how many it took', async () => {
  const { downloads, given, notes, reader } = shelf()
  downloads.write('caKeys', [KEY])
  await equipReader({ reader, downloads, note: (...words) => notes.push(words) }, TABLES)
  expect(given).toEqual([[KEY]])
  expect(notes).toEqual([['CA keys of the card reader', { taken: '1', refused: '0' }]])
})

test('an AID that was downloaded reaches the reader as it came, and only the table that was asked for is sent', async () => {
  const { downloads, given, notes, reader } = shelf()
  downloads.write('caKeys', [KEY])
  downloads.write('aids', [AID])
  await equipReader({ reader, downloads, note: (...words) => notes.push(words) }, ['aids'])
  expect(given).toEqual([[AID]])
  expect(notes).toEqual([['AIDs of the card reader', { taken: '0', refused: '1' }]])
})

test('without downloaded keys, or with a disk that cannot be read, the reader is left as it is', async () => {
  const { downloads, given, notes, reader } = shelf()
  await equipReader({ reader, downloads, note: (...words) => notes.push(words) }, TABLES)
  const broken = {
    ...downloads,
    read: () => {
      throw new Error('input/output error')
    },
  }
  await equipReader({ reader, downloads: broken, note: (...words) => notes.push(words) }, TABLES)
  expect([given, notes]).toEqual([[], []])
})

function shelf() {
  const given: (readonly Uint8Array[])[] = []
  const reader: CardReaderPort = {
    health: { device: 'cardReader', troubles: [] },
    onHealth: () => undefined,
    start: () => undefined,
    close: async () => undefined,
    read: async () => ({ kind: 'cancelled' }),
    cancel: async () => undefined,
    complete: async () => ({ kind: 'cardRemoved' }),
    onRemoved: () => undefined,
    holdCaKeys: async (keys) => {
      given.push(keys)
      return { taken: keys.length, refused: 0 }
    },
    holdAids: async (aids) => {
      given.push(aids)
      return { taken: 0, refused: aids.length }
    },
  }
  const downloads = createDownloadStore({ folder: 'downloads', disk: createMemoryDisk() })
  const notes: unknown[] = []
  return { downloads, given, notes, reader }
}
