/** `make rig-vm`: the terminal on a real kernel in an emulated machine. Exit code 0 all fine, 1 something is not, 2 it cannot be tried here. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildBase } from './base.ts'
import { keepBooted } from './booted.ts'
import { choose } from './choice.ts'
import { LANES, type LaneOptions } from './lanes.ts'
import { makeProductDisk } from './product.ts'
import { buildImages } from './rauc/image-disks.ts'
import { isThere } from './system-program.ts'
import { jsonReport, junitReport, tellTotals, tellVerdict, type Verdict } from './verdict.ts'

const BUILD = join(import.meta.dirname, '..', '..', 'build')
const HOME = join(BUILD, 'vm')
const EXIT_CANNOT = 2
const EXIT_STOPPED = 130
/** One emulated processor each. */
const GUESTS_AT_A_TIME = 2
const TICKS_PER_SECOND = 100
const PROGRAMS = ['qemu-system-x86_64', 'dpkg-deb', 'apt-get', 'mke2fs', 'e2fsck', 'debugfs']
/** For images of the operating system and their bundles. */
const IMAGE_PROGRAMS = ['rauc', 'mksquashfs', 'openssl']

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    junit: { type: 'string', default: join(BUILD, 'rig-vm.xml') },
  },
})

const choice = choose(values)
const needed = choice.withImages ? [...PROGRAMS, ...IMAGE_PROGRAMS] : PROGRAMS
const missing = needed.filter((program) => !isThere(program))
if (missing.length > 0) {
  console.error(
    `This needs ${missing.join(', ')}. On Debian: apt-get install --no-install-recommends qemu-system-x86 e2fsprogs rauc squashfs-tools openssl`,
  )
  process.exit(EXIT_CANNOT)
}
const say = (line: string): void => {
  if (!values.json) console.log(line)
}
const began = performance.now()
const guests = await prepare().catch((cause: unknown) => {
  console.error(
    `No guest can be made here: ${cause instanceof Error ? cause.message : String(cause)}`,
  )
  process.exit(EXIT_CANNOT)
})
// For this run alone: another one may begin meanwhile, with another product.
const folder = mkdtempSync(join(tmpdir(), 'rig-vm-run-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => process.exit(EXIT_STOPPED))
const product = join(folder, 'product.img')
makeProductDisk(product, folder)
const built = performance.now()
say(`Built in ${Math.round((built - began) / 1000)} s.`)
const verdicts: Verdict[] = []
const laneOptions: LaneOptions = {
  ...guests,
  product,
  folder,
  choice,
  onVerdict(verdict) {
    verdicts.push(verdict)
    say(tellVerdict(verdict))
  },
}
await side(
  LANES.map((lane) => () => lane(laneOptions)),
  GUESTS_AT_A_TIME,
)
const ms = performance.now() - built
writeFileSync(values.junit, junitReport(verdicts))
if (values.json) console.log(jsonReport(verdicts, ms))
else say(`${tellTotals(verdicts, ms)} Processor time of all of it: ${processorSeconds()} s.`)
process.exitCode = verdicts.length > 0 && verdicts.every(({ ok }) => ok) ? 0 : 1

/** Kernel, root and a booted guest; kept from one run to the next. Rejects where packages or QEMU are wanting. */
async function prepare(): Promise<Pick<LaneOptions, 'base' | 'booted' | 'images'>> {
  mkdirSync(HOME, { recursive: true })
  const base = buildBase(HOME, say)
  const booted = await keepBooted(base, say)
  return { base, booted, images: choice.withImages ? buildImages(base, HOME, say) : null }
}

/** Side by side, at most `most` at a time, begun in order. */
async function side(deeds: readonly (() => Promise<void>)[], most: number): Promise<void> {
  const waiting = deeds.values()
  const work = async (): Promise<void> => {
    for (const deed of waiting) await deed()
  }
  await Promise.all(Array.from({ length: most }, work))
}

/** Ours and that of every program that has ended (proc(5): fields 14 to 17 of `stat`, in hundredths of a second). */
function processorSeconds(): number {
  const [, after = ''] = readFileSync('/proc/self/stat', 'utf8').split(') ')
  const ticks = after.split(' ').slice(11, 15).map(Number)
  return Math.round(ticks.reduce((sum, one) => sum + one, 0) / TICKS_PER_SECOND)
}
