/** What a terminal does not take, and that it has written nothing when it says so. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type InstallRequest, installBundle } from '#shell/update/install-bundle.ts'
import { tarEnd, tarFile } from '../../../scripts/bundle/write-tar.ts'
import { createFrailDisk, type FrailDisk } from './frail-disk.ts'
import {
  BUILT_AT,
  EXPIRES_AT,
  type Keys,
  MODEL,
  NOW,
  newKeys,
  sampleBundle,
  scratch,
} from './sample-bundle.ts'

type Terminal = { readonly disk: FrailDisk; readonly keys: Keys }

/** A terminal that runs 1.2.0, marked good. */
async function terminal(): Promise<Terminal> {
  const keys = newKeys()
  const disk = createFrailDisk()
  const first = await install(await sampleBundle(keys, '1.2.0'), { disk, keys })
  expect(first).toMatchObject({ ok: true, slot: 'a', isFirst: true })
  return { disk, keys }
}

function install(
  bundle: string,
  { disk, keys }: Terminal,
  changes: Partial<InstallRequest> = {},
): ReturnType<typeof installBundle> {
  return installBundle({
    bundle,
    calls: disk,
    folder: '/',
    processor: 'x64',
    wallMs: NOW,
    firstKey: keys.publicKey,
    objections: async () => [],
    trySlot: async () => null,
    onStep: () => undefined,
    ...changes,
  })
}

async function refused(
  bundle: string,
  box: Terminal,
  changes: Partial<InstallRequest> = {},
): Promise<unknown> {
  const before = box.disk.calls()
  const outcome = await install(bundle, box, changes)
  expect(box.disk.calls()).toBe(before)
  expect(box.disk.readLink('/current')).toBe('a')
  return outcome
}

function damaged(bundle: string, change: (plain: Buffer) => Uint8Array): string {
  const file = join(scratch(), 'damaged.bundle')
  writeFileSync(file, gzipSync(change(gunzipSync(readFileSync(bundle)))))
  return file
}

test('an update goes into the other slot and is on trial', async () => {
  const box = await terminal()
  const outcome = await install(await sampleBundle(box.keys, '1.3.0'), box)
  expect(outcome).toMatchObject({ ok: true, slot: 'b', isFirst: false })
  expect(box.disk.readLink('/current')).toBe('b')
  expect(Buffer.from(box.disk.read('/trial') ?? '').toString()).toBe('b a 3\n')
  expect(box.disk.mode('/b/bin/suretill')).toBe(0o755)
  expect(box.disk.mode('/b/src/deep/er/main.ts')).toBe(0o644)
})

test('one changed byte of one file is noticed, wherever it stands', async () => {
  const box = await terminal()
  const bundle = await sampleBundle(box.keys, '1.3.0')
  const whole = gunzipSync(readFileSync(bundle))
  for (const mark of ['echo 1.3.0', '// 1.3.0', 'xxxxxxx']) {
    const at = whole.lastIndexOf(mark)
    expect(at).toBeGreaterThan(0)
    const changed = damaged(bundle, (plain) => Buffer.from(plain.with(at, 0x59)))
    expect(await refused(changed, box)).toMatchObject({ ok: false, why: 'tampered' })
  }
})

test('a changed manifest or a changed signature is no signature of ours', async () => {
  const box = await terminal()
  const bundle = await sampleBundle(box.keys, '1.3.0')
  const version = (plain: Buffer) =>
    Buffer.from(
      plain.toString('latin1').replace('"version":"1.3.0"', '"version":"9.3.0"'),
      'latin1',
    )
  expect(await refused(damaged(bundle, version), box)).toMatchObject({ why: 'badSignature' })
  const signature = (plain: Buffer) => {
    const at = plain.indexOf('manifest.sig') + 512
    return Buffer.from(plain.with(at, (plain[at] ?? 0) ^ 1))
  }
  expect(await refused(damaged(bundle, signature), box)).toMatchObject({ why: 'badSignature' })
})

test('a bundle that is cut off is refused at every length', async () => {
  const box = await terminal()
  const bundle = await sampleBundle(box.keys, '1.3.0')
  const packed = readFileSync(bundle)
  const file = join(scratch(), 'half.bundle')
  for (let length = 0; length < packed.length; length += 37) {
    writeFileSync(file, packed.subarray(0, length))
    expect(await refused(file, box)).toMatchObject({ ok: false })
  }
  const plain = gunzipSync(packed)
  for (let length = 0; length < plain.length - 1; length += 256) {
    const half = damaged(bundle, (all) => all.subarray(0, length))
    expect(await refused(half, box)).toMatchObject({ ok: false })
  }
})

test('a file that the manifest does not name, or a link, is refused', async () => {
  const box = await terminal()
  const bundle = await sampleBundle(box.keys, '1.3.0')
  const more = Buffer.concat([
    ...tarFile({ path: 'more.ts', bytes: Buffer.from('more'), executable: false }),
  ])
  const added = (plain: Buffer) => Buffer.concat([plain.subarray(0, -1024), more, tarEnd()])
  expect(await refused(damaged(bundle, added), box)).toMatchObject({ why: 'tampered' })
  const linked = (plain: Buffer) => {
    const at = plain.lastIndexOf('bin/suretill\0') + 156
    return Buffer.from(plain.with(at, '2'.charCodeAt(0)))
  }
  expect(await refused(damaged(bundle, linked), box)).toMatchObject({ why: 'torn' })
})

test('somebody else’s release, and something that is no bundle at all, are refused', async () => {
  const box = await terminal()
  const foreign = await sampleBundle(newKeys(), '1.3.0')
  expect(await refused(foreign, box)).toMatchObject({ why: 'badSignature' })
  const letter = join(scratch(), 'letter.txt')
  writeFileSync(letter, 'Dear terminal')
  expect(await refused(letter, box)).toMatchObject({ why: 'notABundle' })
  expect(await refused(join(scratch(), 'nothing'), box)).toMatchObject({ why: 'unreadable' })
})

test('a key that somebody brings along does not count where there is one', async () => {
  const box = await terminal()
  const theirs = newKeys()
  const foreign = await sampleBundle(theirs, '1.3.0')
  const outcome = await refused(foreign, box, { firstKey: theirs.publicKey })
  expect(outcome).toMatchObject({ why: 'badSignature' })
})

test.each([
  ['otherModel', { model: 'another' }, {}],
  ['otherProcessor', { processors: ['arm64'] as const }, {}],
  ['expired', {}, { wallMs: Date.parse(EXPIRES_AT) }],
] as const)('refused: %s', async (why, changes, request) => {
  const box = await terminal()
  const bundle = await sampleBundle(box.keys, '1.3.0', {
    ...changes,
    processors: [...(('processors' in changes && changes.processors) || ['x64' as const])],
  })
  expect(await refused(bundle, box, request)).toMatchObject({ ok: false, why })
})

test('an expired bundle stays expired when the clock has lost its battery', async () => {
  const box = await terminal()
  const bundle = await sampleBundle(box.keys, '1.3.0', {
    builtAt: '2026-05-01T00:00:00Z',
    expiresAt: BUILT_AT,
  })
  expect(await refused(bundle, box, { wallMs: 0 })).toMatchObject({ why: 'expired' })
})

test('nothing older comes onto a terminal, nor anything below what a good release allows', async () => {
  const box = await terminal()
  expect(await refused(await sampleBundle(box.keys, '1.1.9'), box)).toMatchObject({ why: 'older' })
  const floor = (version: string): void => {
    const writer = box.disk.create('/floor', 0o644)
    writer.write(Buffer.from(version))
    writer.close()
  }
  floor('1.4.0')
  const below = await sampleBundle(box.keys, '1.3.0')
  expect(await refused(below, box)).toMatchObject({ why: 'belowFloor' })
  const lowers = await sampleBundle(box.keys, '1.4.0', { minimumVersion: '1.3.0' })
  expect(await refused(lowers, box)).toMatchObject({ why: 'lowersFloor' })
  const fits = await sampleBundle(box.keys, '1.10.0', { minimumVersion: '1.4.0' })
  expect(await install(fits, box)).toMatchObject({ ok: true })
})

test('a terminal that must not be disturbed is left alone, at the start and at the switch', async () => {
  const box = await terminal()
  const bundle = await sampleBundle(box.keys, '1.3.0')
  const busy = { objections: async () => ['reversalOwed', 'batchOpen'] }
  expect(await refused(bundle, box, busy)).toMatchObject({
    why: 'busy',
    detail: 'reversalOwed batchOpen',
  })
  const answers = [[], ['orderOpen']]
  const late = await install(bundle, box, { objections: async () => answers.shift() ?? [] })
  expect(late).toMatchObject({ why: 'busy', detail: 'orderOpen' })
  expect(box.disk.readLink('/current')).toBe('a')
})

test('a release that fails its own test is not switched to', async () => {
  const box = await terminal()
  const tried: string[] = []
  const outcome = await install(await sampleBundle(box.keys, '1.3.0'), box, {
    trySlot: async (folder) => {
      tried.push(folder)
      return 'the journal cannot be read'
    },
  })
  expect(outcome).toMatchObject({ why: 'failsItsTest', detail: 'the journal cannot be read' })
  expect(tried).toEqual(['/b'])
  expect(box.disk.readLink('/current')).toBe('a')
  expect(box.disk.read('/trial')).toBeNull()
})

test('while a release is on trial there is no other update', async () => {
  const box = await terminal()
  await install(await sampleBundle(box.keys, '1.3.0'), box)
  expect(await install(await sampleBundle(box.keys, '1.4.0'), box)).toMatchObject({
    why: 'onTrial',
  })
})

test('a bundle that is exchanged between the two readings is not finished', async () => {
  const box = await terminal()
  const bundle = await sampleBundle(box.keys, '1.3.0')
  const other = await sampleBundle(box.keys, '1.5.0', { model: MODEL })
  const outcome = await install(bundle, box, {
    onStep: (step) => {
      if (step === 'writing') writeFileSync(bundle, readFileSync(other))
    },
  })
  expect(outcome).toMatchObject({ ok: false, why: 'tampered' })
  expect(box.disk.list('/writing')).toBeNull()
  expect(box.disk.read('/b/manifest.json')).toBeNull()
})

test('everybody’s tools read it too: tar lists it, openssl says who signed it', async () => {
  const keys = newKeys()
  const folder = scratch()
  const long = `node_modules/${'a-rather-long-name/'.repeat(8)}file.js`
  const bundle = await sampleBundle(keys, '2.0.0', {
    contents: [{ path: long, from: Buffer.from('long'), executable: false }],
  })
  execFileSync('tar', ['-xzf', bundle, '-C', folder])
  expect(readFileSync(join(folder, long), 'utf8')).toBe('long')
  expect(
    execFileSync('/usr/bin/sha256sum', ['-c', 'files.sha256'], { cwd: folder }).toString(),
  ).toContain(`${long}: OK`)
  writeFileSync(join(folder, 'release.pem'), keys.publicKey)
  const verdict = execFileSync(
    'openssl',
    'pkeyutl -verify -pubin -inkey release.pem -rawin -in manifest.json -sigfile manifest.sig'.split(
      ' ',
    ),
    { cwd: folder, encoding: 'utf8' },
  )
  expect(verdict).toContain('Signature Verified Successfully')
})
