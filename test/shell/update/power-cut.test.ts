/** The power goes after every single call of an installation: what `current` names is whole, and the installation can be done again. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type InstallRequest, installBundle } from '#shell/update/install-bundle.ts'
import { readManifest } from '#shell/update/manifest.ts'
import { readSlots } from '#shell/update/slots.ts'
import { type Aftermath, createFrailDisk, type FrailDisk, PowerCut } from './frail-disk.ts'
import { type Keys, NOW, newKeys, sampleBundle } from './sample-bundle.ts'

const SLOTS = '/slots'
const HOW: readonly Aftermath[] = ['kept', 'lost', 'torn']

function request(bundle: string, calls: FrailDisk, keys: Keys): InstallRequest {
  return {
    bundle,
    calls,
    folder: SLOTS,
    processor: 'x64',
    wallMs: NOW,
    firstKey: keys.publicKey,
    objections: async () => [],
    trySlot: async () => null,
    onStep: () => undefined,
  }
}

function emptyDisk(cutAfter?: number): FrailDisk {
  return createFrailDisk(
    cutAfter,
    new Map([
      ['/', { kind: 'folder' }],
      [SLOTS, { kind: 'folder' }],
    ]),
  )
}

/** The version that starts, when every file of it has the hash that was signed; null when there is none yet. */
function startable(disk: FrailDisk): string | null {
  const current = disk.readLink(`${SLOTS}/current`)
  if (current === null) return null
  const bytes = disk.read(`${SLOTS}/${current}/manifest.json`)
  const manifest = bytes === null ? null : readManifest(bytes)
  if (manifest === null) return 'no manifest'
  const wrong = manifest.files.filter(({ path, sha256 }) => {
    const file = disk.read(`${SLOTS}/${current}/${path}`)
    return file === null || createHash('sha256').update(file).digest('hex') !== sha256
  })
  return wrong.length === 0 ? manifest.version : `damaged: ${wrong[0]?.path}`
}

async function cutDown(disk: FrailDisk, bundle: string, keys: Keys): Promise<boolean> {
  try {
    await installBundle(request(bundle, disk, keys))
    return false
  } catch (cause) {
    if (!(cause instanceof PowerCut)) throw cause
    return true
  }
}

test.each(HOW)(
  'power cut after every call of a first installation (%s): nothing runs or the release does, and the second attempt succeeds',
  async (how) => {
    const keys = newKeys()
    const bundle = await sampleBundle(keys, '1.0.0')
    let cuts = 0
    for (;;) {
      const disk = emptyDisk(cuts)
      const wasCut = await cutDown(disk, bundle, keys)
      if (!wasCut) break
      cuts += 1
      const after = disk.afterCut(how)
      expect([null, '1.0.0']).toContain(startable(after))
      expect(await installBundle(request(bundle, after, keys))).toMatchObject({ ok: true })
      expect(startable(after)).toBe('1.0.0')
    }
    expect(cuts).toBeGreaterThan(20)
  },
)

test.each([
  { how: 'kept', versions: ['1.0.0', '1.1.0'] },
  // Without the last sync the switch has not happened.
  { how: 'lost', versions: ['1.0.0'] },
  { how: 'torn', versions: ['1.0.0', '1.1.0'] },
] as const)(
  'power cut after every call of an update ($how): the old release or the new one starts, never half of one',
  async ({ how, versions }) => {
    const keys = newKeys()
    const older = await sampleBundle(keys, '1.0.0')
    const newer = await sampleBundle(keys, '1.1.0')
    const seen = new Set<string>()
    let cuts = 0
    for (;;) {
      const disk = await twiceInstalled(older, keys, cuts)
      const wasCut = await cutDown(disk, newer, keys)
      if (!wasCut) break
      cuts += 1
      const after = disk.afterCut(how)
      const version = startable(after)
      seen.add(version ?? 'nothing')
      expect(['1.0.0', '1.1.0']).toContain(version)
      const { current, trial } = readSlots(SLOTS, after)
      // Whoever runs for the first time is on trial; whoever has run for long is not.
      expect(trial === null ? null : trial.slot).toBe(version === '1.1.0' ? current : null)
      if (trial !== null) continue
      expect(await installBundle(request(newer, after, keys))).toMatchObject({ ok: true })
      expect(startable(after)).toBe('1.1.0')
    }
    expect(cuts).toBeGreaterThan(20)
    expect([...seen].toSorted()).toEqual(versions)
  },
)

/** Both slots are filled, so that the update has something to delete. */
async function twiceInstalled(bundle: string, keys: Keys, cutAfter: number): Promise<FrailDisk> {
  const disk = emptyDisk()
  await installBundle(request(bundle, disk, keys))
  await installBundle(request(bundle, disk, keys))
  disk.remove(`${SLOTS}/trial`)
  disk.syncAll(SLOTS)
  return disk.cutLater(cutAfter)
}

test('a planted fault is found: without the sync a cut leaves a release that cannot start', async () => {
  const keys = newKeys()
  const bundle = await sampleBundle(keys, '1.0.0')
  const disk = emptyDisk()
  await installBundle(request(bundle, { ...disk, syncAll: () => undefined }, keys))
  expect(startable(disk.afterCut('kept'))).toBe('1.0.0')
  expect(startable(disk.afterCut('torn'))).toBe('no manifest')
})
