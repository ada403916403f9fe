/** The installer killed after every call on the real disk: what `current` names is whole, and the next attempt clears up and succeeds. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFileCalls, type FileCalls } from '#shell/update/file-calls.ts'
import { installBundle } from '#shell/update/install-bundle.ts'
import { readManifest } from '#shell/update/manifest.ts'
import { dropFile } from '#shell/update/slot-writing.ts'
import { type Keys, NOW, newKeys, sampleBundle, scratch } from './sample-bundle.ts'

class Killed extends Error {}

/** The real disk without its syncs, which a kill does not need, and dead after so many changes. */
function killedAfter(changes: number): FileCalls {
  const calls = createFileCalls()
  let left = changes
  const change = <Args extends readonly unknown[], Result>(call: (...args: Args) => Result) => {
    return (...args: Args): Result => {
      if (left === 0) throw new Killed()
      left -= 1
      return call(...args)
    }
  }
  return {
    ...calls,
    makeFolder: change((path: string, mode: number) => calls.makeFolder(path, mode)),
    create: change((path: string, mode: number) => {
      const writer = calls.create(path, mode)
      return {
        write: change((bytes: Uint8Array) => writer.write(bytes)),
        close: () => writer.close(),
      }
    }),
    rename: change((from: string, to: string) => calls.rename(from, to)),
    link: change((target: string, path: string) => calls.link(target, path)),
    remove: change((path: string) => calls.remove(path)),
    removeFolder: change((path: string) => calls.removeFolder(path)),
    syncAll: () => undefined,
  }
}

function install(
  folder: string,
  bundle: string,
  { calls, keys }: { calls: FileCalls; keys: Keys },
) {
  return installBundle({
    bundle,
    folder,
    calls,
    processor: 'x64',
    wallMs: NOW,
    firstKey: keys.publicKey,
    objections: async () => [],
    trySlot: async () => null,
    onStep: () => undefined,
  })
}

/** The version that would start, when every file of it is as it was signed. */
function startable(folder: string): string | null {
  if (!existsSync(join(folder, 'current'))) return null
  const slot = join(folder, readlinkSync(join(folder, 'current')))
  const manifest = readManifest(readFileSync(join(slot, 'manifest.json')))
  const isWhole = manifest?.files.every(({ path, sha256 }) => {
    const bytes = readFileSync(join(slot, path))
    return createHash('sha256').update(bytes).digest('hex') === sha256
  })
  return isWhole === true ? (manifest?.version ?? null) : 'damaged'
}

test('killed after every call of an update: the old release or the new one is whole, and the next attempt succeeds', async () => {
  const keys = newKeys()
  const older = await sampleBundle(keys, '1.0.0')
  const newer = await sampleBundle(keys, '1.1.0')
  const sound = killedAfter(Number.POSITIVE_INFINITY)
  const seen = new Set<string | null>()
  let kills = 0
  for (;;) {
    const folder = join(scratch(), 'slots')
    mkdirSync(folder)
    // Twice, so that both slots are full and the update has something to take away.
    await install(folder, older, { calls: sound, keys })
    await install(folder, older, { calls: sound, keys })
    dropFile(folder, 'trial', sound)
    const end = await install(folder, newer, { calls: killedAfter(kills), keys }).catch(
      (cause: unknown) => cause,
    )
    if (!(end instanceof Killed)) break
    kills += 1
    const version = startable(folder)
    seen.add(version)
    expect(['1.0.0', '1.1.0']).toContain(version)
    dropFile(folder, 'trial', sound)
    expect(await install(folder, newer, { calls: sound, keys })).toMatchObject({ ok: true })
    expect(startable(folder)).toBe('1.1.0')
    const rest = readdirSync(folder).filter((name) => /^(writing|gone)$|\.new$/.test(name))
    expect(rest).toEqual([])
  }
  expect(kills).toBeGreaterThan(25)
  // The switch is the last change: a kill after it finds nothing left to kill.
  expect([...seen]).toEqual(['1.0.0'])
}, 120_000)
