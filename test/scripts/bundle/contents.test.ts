/** What is shipped: the program and what it runs on, its list of parts, and nothing that belongs to the laboratory. */
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { bundleContents } from '../../../scripts/bundle/contents.ts'
import { nativeParts } from '../../../scripts/bundle/native-parts.ts'
import { softwareBill } from '../../../scripts/bundle/sbom.ts'
import { writeBundle } from '../../../scripts/bundle/write-bundle.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
/** Above this somebody has to say why (design: few dependencies). */
const PACKAGES_CEILING = 110

const processor = process.arch === 'arm64' ? 'arm64' : 'x64'
const contents = bundleContents([nativeParts(processor)], Buffer.from('{}'))
const paths = contents.map(({ path }) => path)

function text(path: string): string {
  const from = contents.find((one) => one.path === path)?.from
  return from instanceof Uint8Array ? Buffer.from(from).toString('utf8') : ''
}

function fileText(path: string): string {
  const from = contents.find((one) => one.path === path)?.from
  return typeof from === 'string' ? readFileSync(from, 'utf8') : ''
}

test('program, pages, dialects, words, unit, rules, runtime and list of parts are in the bundle, each once', () => {
  expect(paths).toEqual(
    expect.arrayContaining([
      'bin/suretill',
      'boot-check',
      'build/web/index.html',
      'config/dialects/unionpay-pos.yaml',
      'config/locales/update.zh-CN.json',
      'program/licences.txt',
      'program/main.cjs',
      'program/main.cjs.map',
      'program/start.cjs',
      `program/compiled/${process.arch}/main.cjs`,
      `runtime/${processor}/node`,
      'sbom.cdx.json',
      'system/70-suretill.rules',
      'system/slots.conf',
      'system/suretill.service',
      'system/sysusers.conf',
    ]),
  )
  expect(new Set(paths).size).toBe(paths.length)
})

test('serial and HID come for both processors, for this kernel alone', () => {
  const native = paths.filter((path) => path.endsWith('.node'))
  for (const wanted of [
    '@serialport/bindings-cpp/prebuilds/linux-x64/',
    '@serialport/bindings-cpp/prebuilds/linux-arm64/',
    'node-hid/prebuilds/HID_hidraw-linux-x64/',
    'node-hid/prebuilds/HID_hidraw-linux-arm64/',
    `@node-usb/usb-linux-${processor}-gnu/`,
  ])
    expect(native.some((path) => path.includes(wanted))).toBe(true)
  expect(native.filter((path) => /win32|darwin|android|musl|linux-arm\//.test(path))).toEqual([])
})

test('no test, no tool, no simulator and no second runtime is shipped', () => {
  const foreign =
    /^(test|scripts|src|drivers)\/|^node_modules\/(vitest|typescript|vite|zigpty|node)\/|\.key$/
  expect(paths.filter((path) => foreign.test(path))).toEqual([])
})

test('programs may be executed, and nothing else of ours', () => {
  const executable = contents.filter((one) => one.executable).map(({ path }) => path)
  expect(executable).toEqual(
    expect.arrayContaining(['bin/suretill', 'boot-check', `runtime/${processor}/node`]),
  )
  expect(executable.filter((path) => /^(program|config|system|build)\//.test(path))).toEqual([])
})

test('the unit is checked before every start, and a release that cannot start is tried again until it goes back', () => {
  expect(text('system/slots.conf')).toMatch(/^ExecStartPre=\+\/opt\/suretill\/boot-check$/m)
  expect(text('system/slots.conf')).toMatch(/^RestartPreventExitStatus=$/m)
  expect(text('system/suretill.service')).toMatch(
    /^ExecStart=\/opt\/suretill\/current\/bin\/suretill run --config/m,
  )
  expect(text('system/suretill.service')).toMatch(/^Restart=always$/m)
  for (const script of ['bin/suretill', 'boot-check'])
    expect(execFileSync('sh', ['-n'], { input: text(script) }).toString()).toBe('')
})

test('a file that changes while the bundle is made is in it as it was read, and the bundle is whole', async () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const folder = mkdtempSync(join(tmpdir(), 'restless-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const restless = join(folder, 'restless.ts')
  writeFileSync(restless, '// 0')
  const into = join(folder, 'some.bundle')
  const making = writeBundle({
    contents: [{ path: 'restless.ts', from: restless, executable: false }],
    key,
    into,
    model: 'one',
    version: '1.0.0',
    minimumVersion: '1.0.0',
    builtAt: '2026-11-01T00:00:00Z',
    expiresAt: '2027-11-01T00:00:00Z',
    processors: ['x64'],
  })
  writeFileSync(restless, '// another and longer')
  await making
  execFileSync('tar', ['-xzf', into, '-C', folder])
  expect(
    execFileSync('/usr/bin/sha256sum', ['-c', 'files.sha256'], { cwd: folder }).toString(),
  ).toContain('restless.ts: OK')
  expect(readFileSync(restless, 'utf8')).toBe('// 0')
})

test('the list of parts is CycloneDX and names every package that runs on a terminal, with its hash', () => {
  const bom = z
    .object({
      bomFormat: z.literal('CycloneDX'),
      specVersion: z.string(),
      metadata: z.object({ component: z.object({ name: z.string() }) }),
      components: z.array(
        z.object({
          name: z.string(),
          version: z.string(),
          purl: z.string(),
          hashes: z.array(z.object({ alg: z.string(), content: z.string() })).min(1),
        }),
      ),
    })
    .parse(JSON.parse(softwareBill('suretill')))
  expect(Number(bom.specVersion)).toBeGreaterThanOrEqual(1.5)
  expect(bom.metadata.component.name).toBe('suretill')
  const listed = new Set(bom.components.map(({ name, version }) => `${name}@${version}`))
  const folders = paths
    .filter((path) =>
      /^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+\/package\.json$/.test(path),
    )
    .map((path) => {
      const { name, version } = z
        .object({ name: z.string(), version: z.string() })
        .parse(JSON.parse(readFileSync(join(ROOT, path), 'utf8')))
      return `${name}@${version}`
    })
  const inside = [...fileText('program/licences.txt').matchAll(/^(\S+@\d\S*) \(.*\)$/gm)]
  const shipped = new Set([...folders, ...inside.map(([, name = '']) => name)])
  expect([...shipped].some((one) => one.startsWith('zod@'))).toBe(true)
  expect(shipped.size).toBeGreaterThan(40)
  expect([...shipped].filter((one) => !listed.has(one))).toEqual([])
  expect(shipped.size).toBeLessThanOrEqual(PACKAGES_CEILING)
  expect([...listed].filter((one) => /^(vitest|typescript|oxlint|vite)@/.test(one))).toEqual([])
}, 30_000)
