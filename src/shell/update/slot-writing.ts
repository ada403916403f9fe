/** Changes to the slots, each of them whole or not at all after a power cut. */
import { dirname, join } from 'node:path'
import type { FileCalls } from './file-calls.ts'
import type { ManifestFile } from './manifest.ts'
import type { FileSink } from './read-bundle.ts'
import { CURRENT, type SlotName } from './slots.ts'

const FOLDER_MODE = 0o755
const ORDINARY = 0o644
const EXECUTABLE = 0o755
/** A slot while it is being written or deleted: no link ever points to these. */
const WRITING = 'writing'
const GONE = 'gone'

type Signed = { readonly manifestBytes: Uint8Array; readonly signature: Uint8Array }

/** Replaces a small file; durable when it returns. */
export function putFile(
  folder: string,
  name: string,
  {
    bytes,
    executable = false,
  }: { readonly bytes: string | Uint8Array; readonly executable?: boolean },
  calls: FileCalls,
): void {
  const fresh = join(folder, `${name}.new`)
  const writer = calls.create(fresh, executable ? EXECUTABLE : ORDINARY)
  writer.write(typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
  writer.close()
  calls.syncAll(folder)
  calls.rename(fresh, join(folder, name))
  calls.syncAll(folder)
}

/** Deletes a small file if it is there; durable when it returns. */
export function dropFile(folder: string, name: string, calls: FileCalls): void {
  if (calls.read(join(folder, name)) === null) return
  calls.remove(join(folder, name))
  calls.syncAll(folder)
}

/** From now on this slot runs at the next start; durable when it returns. */
export function switchTo(folder: string, slot: SlotName, calls: FileCalls): void {
  const fresh = join(folder, `${CURRENT}.new`)
  if (calls.readLink(fresh) !== null) calls.remove(fresh)
  calls.link(slot, fresh)
  calls.rename(fresh, join(folder, CURRENT))
  calls.syncAll(folder)
}

/** An empty folder to write a release into, with the rest of an earlier attempt taken away. */
export function beginSlot(folder: string, calls: FileCalls): (file: ManifestFile) => FileSink {
  removeTree(join(folder, GONE), calls)
  removeTree(join(folder, WRITING), calls)
  const writing = join(folder, WRITING)
  calls.makeFolder(writing, FOLDER_MODE)
  const made = new Set<string>([writing])
  const makeFolders = (path: string): void => {
    if (made.has(path)) return
    makeFolders(dirname(path))
    calls.makeFolder(path, FOLDER_MODE)
    made.add(path)
  }
  return ({ executable, path }) => {
    const to = join(writing, path)
    makeFolders(dirname(to))
    const writer = calls.create(to, executable ? EXECUTABLE : ORDINARY)
    return { write: (bytes) => writer.write(bytes), end: () => writer.close() }
  }
}

/** What is half written will never be used. */
export function giveUpSlot(folder: string, calls: FileCalls): void {
  removeTree(join(folder, WRITING), calls)
}

/** Gives what was written its manifest and its name, in the place of whatever release stood there. Never the slot that runs. */
export function finishSlot(
  folder: string,
  slot: SlotName,
  { calls, manifestBytes, signature }: Signed & { readonly calls: FileCalls },
): void {
  for (const [name, bytes] of [
    ['manifest.sig', signature],
    ['manifest.json', manifestBytes],
  ] as const) {
    const writer = calls.create(join(folder, WRITING, name), ORDINARY)
    writer.write(bytes)
    writer.close()
  }
  calls.syncAll(folder)
  if (calls.list(join(folder, slot)) !== null) calls.rename(join(folder, slot), join(folder, GONE))
  calls.rename(join(folder, WRITING), join(folder, slot))
  calls.syncAll(folder)
  removeTree(join(folder, GONE), calls)
}

function removeTree(path: string, calls: FileCalls): void {
  const names = calls.list(path)
  if (names === null) return
  for (const name of names) {
    const inner = join(path, name)
    if (calls.list(inner) === null) calls.remove(inner)
    else removeTree(inner, calls)
  }
  calls.removeFolder(path)
}
