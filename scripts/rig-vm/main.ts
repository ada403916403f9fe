/** `make rig-vm`: the terminal on a real kernel in an emulated machine. Exit code 0 all fine, 1 something is not, 2 it cannot be tried here. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Base, buildBase } from './base.ts'
import { playDevices } from './device-suite.ts'
import { makeDataDisk } from './disk-image.ts'
import { setGuestStage } from './guest-stage.ts'
import { playPowerCuts } from './power-suite.ts'
import { makeProductDisk } from './product.ts'
import { openShopOf, type Shop } from './shop.ts'
import { startSuite } from './suite.ts'
import { isThere } from './system-program.ts'
import { jsonReport, junitReport, tellTotals, tellVerdict, type Verdict } from './verdict.ts'

const BUILD = join(import.meta.dirname, '..', '..', 'build')
const HOME = join(BUILD, 'vm')
const EXIT_CANNOT = 2
const EXIT_STOPPED = 130
/** As small as the data partition of a terminal may be. */
const DATA_MEGABYTES = 64
const PROGRAMS = ['qemu-system-x86_64', 'dpkg-deb', 'apt-get', 'mke2fs', 'e2fsck', 'debugfs']

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    junit: { type: 'string', default: join(BUILD, 'rig-vm.xml') },
  },
})

const missing = PROGRAMS.filter((program) => !isThere(program))
if (missing.length > 0) {
  console.error(
    `This needs ${missing.join(', ')}. On Debian: apt-get install --no-install-recommends qemu-system-x86 e2fsprogs`,
  )
  process.exit(EXIT_CANNOT)
}
const say = (line: string): void => {
  if (!values.json) console.log(line)
}
const began = performance.now()
mkdirSync(HOME, { recursive: true })
const base = buildBase(HOME, say)
// For this run alone: another one may begin meanwhile, with another product.
const folder = mkdtempSync(join(tmpdir(), 'rig-vm-run-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => process.exit(EXIT_STOPPED))
const product = join(folder, 'product.img')
makeProductDisk(product, folder)
const verdicts: Verdict[] = []
const wanted = (name: string): boolean => values.only === '' || name.includes(values.only)
const onVerdict = (verdict: Verdict): void => {
  verdicts.push(verdict)
  say(tellVerdict(verdict))
}
await inShop(base, (shop, dataDisk) =>
  playDevices(shop, startSuite({ suite: 'devices', wanted, onVerdict })).then(() =>
    playPowerCuts(shop, startSuite({ suite: 'power', wanted, onVerdict }), dataDisk),
  ),
)
const ms = performance.now() - began
writeFileSync(values.junit, junitReport(verdicts))
if (values.json) console.log(jsonReport(verdicts, ms))
else say(tellTotals(verdicts, ms))
process.exitCode = verdicts.length > 0 && verdicts.every(({ ok }) => ok) ? 0 : 1

/** A new terminal on an empty disk, opened for the day. */
async function inShop(
  from: Base,
  play: (shop: Shop, dataDisk: string) => Promise<void>,
): Promise<void> {
  const dataDisk = join(folder, 'data.img')
  makeDataDisk(dataDisk, DATA_MEGABYTES)
  const keep = join(folder, 'kept')
  const stage = await setGuestStage({
    folder,
    base: from,
    product,
    dataDisk,
    keep,
    printer: 'escpos-usblp',
  })
  try {
    const shop = openShopOf(stage)
    const suite = startSuite({ suite: 'devices', wanted: () => true, onVerdict })
    let isOpen = false
    await suite.case(
      'open',
      'the terminal starts on the guest, signs on, and finds all four devices well',
      async () => {
        const started = performance.now()
        await shop.open()
        isOpen = true
        return { 'open after': Math.round(performance.now() - started) }
      },
    )
    if (isOpen) await play(shop, dataDisk)
  } finally {
    await stage.strike()
  }
}
