/**
 * `make bundle-proof`: from the bundle to a sale on a Debian root that has nothing but its essential packages; then an update while the terminal
 * runs, one that does not become ready and is taken back, and one that has to wait. Prints each step with its time; exit 1 when one fails.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { workShift } from '../test/crash/tireless-cashier.ts'
import { inRoot, newestBundle } from './bundle/debian-root.ts'
import { type DebianTerminal, openDebianTerminal } from './bundle/debian-terminal.ts'

const ROOT = join(import.meta.dirname, '..')
/** From the bundle to the sale, on any machine that we know. */
const MOST_SECONDS = 180
/** Longer than three trials and the looks of the running terminal between them. */
const PATIENCE_MS = 150_000
const NEWER = '99.0.1'
const SICK = '99.0.2'

const bundles = resolve(process.argv[2] ?? join(ROOT, 'build', 'bundle'))
const key = resolve(process.argv[3] ?? join(bundles, 'test-release.key'))
const bundle = newestBundle(bundles)
if (bundle === null || process.getuid?.() !== 0) {
  console.error(`Wanted: root, and a bundle in ${bundles} (make bundle).`)
  process.exit(2)
}

let startedAt = performance.now()
const later = mkdtempSync(join(tmpdir(), 'later-bundles-'))
const debian = await openDebianTerminal()
try {
  tell('clean Debian root unpacked: essential packages alone')
  await sell(debian, join(bundles, bundle))
  if (existsSync(key)) await update(debian)
  else console.log(`No updates are tried: there is no key ${key} to sign them with.`)
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause)
  console.error(debian.terminal.state().lines.join('\n'))
  process.exitCode = 1
} finally {
  await debian.close()
  rmSync(later, { recursive: true, force: true })
}

async function sell({ firstInstall, rig, terminal }: DebianTerminal, file: string): Promise<void> {
  startedAt = performance.now()
  await firstInstall(file, {
    'updates.between.from': '00:00',
    'updates.between.to': '00:00',
    'updates.readyWithinMs': 10_000,
  })
  tell('installed into slot a and set up with an answers file, by one command')
  const started = await terminal.powerOn()
  if (started.kind === 'failed') throw new Error(started.why)
  tell('boot check passed, ready as its own user')
  if ((await workShift(terminal, rig, 1)).end !== 'sold') throw new Error('no sale')
  tell('test sale of 20.00 approved')
  const seconds = (performance.now() - startedAt) / 1000
  console.log(
    `From the bundle to the sale: ${seconds.toFixed(1)} s (most: ${MOST_SECONDS} s), ${rig.acquirer.held() / 100} yuan at the host`,
  )
  if (seconds > MOST_SECONDS || rig.acquirer.held() !== 2000) throw new Error('not as wanted')
}

async function update({ bringIn, rig, root, terminal }: DebianTerminal): Promise<void> {
  const [newer, sick] = [NEWER, SICK].map((version) => bringIn(made(version)))
  startedAt = performance.now()
  const install = (file = ''): Promise<string> =>
    inRoot(root, 'suretill', 'update', 'install', file)
  const current = (): string => readlinkSync(join(root, 'opt', 'suretill', 'current'))
  const trial = join(root, 'opt', 'suretill', 'trial')

  if (!(await refuses(install(newer), 'not settled')))
    throw new Error('an update with an open batch')
  tell('an update is refused: payments are not settled')
  await terminal.powerCut()
  for (const name of ['journal.db', 'journal.db-wal', 'journal.db-shm', 'journal.mark'])
    rmSync(join(root, 'var', 'lib', 'suretill', name), { force: true })
  await terminal.powerOn()
  tell('another journal, with nothing to settle')

  await install(newer)
  tell(`${NEWER} is in slot b while the terminal runs`)
  const goodMark = join(root, 'var/lib/suretill/release.good')
  await until(() => existsSync(goodMark), 'the new release to be good')
  tell('it has gone over by itself, is ready with all devices and marked good')
  await terminal.powerCut()
  await terminal.powerOn()
  if (current() !== 'b' || existsSync(trial)) throw new Error('the trial has not ended')
  tell(`power cut, boot check: the trial is over, nothing older than ${floorOf(root)} comes back`)

  await install(sick)
  const starts = terminal.state().starts
  tell(`${SICK} is in slot a while the terminal runs`)
  // Only now: a device that was silent before is not held against the new release.
  await until(() => terminal.state().starts > starts, 'its first start')
  rig.devices.printer.unplug()
  await until(() => current() === 'b' && !existsSync(trial), 'the way back')
  tell('three starts without the printer that had answered before: back to the release before')
}

/** The work tree again, under another version. */
function made(version: string): string {
  const args = ['--into', later, '--key', key, '--version', version, '--minimum', '0.1.0']
  execFileSync(process.execPath, [join(ROOT, 'scripts/bundle/main.ts'), ...args], {
    stdio: 'ignore',
  })
  return join(later, newestBundle(later) ?? '')
}

async function refuses(act: Promise<unknown>, reason: string): Promise<boolean> {
  const outcome = await act.catch((cause: unknown) => cause)
  return outcome instanceof Error && outcome.message.includes(reason)
}

async function until(wanted: () => boolean, what: string): Promise<void> {
  const before = performance.now()
  while (!wanted()) {
    if (performance.now() - before > PATIENCE_MS) throw new Error(`waited for ${what}`)
    await pause(200)
  }
}

function floorOf(root: string): string {
  return readFileSync(join(root, 'opt', 'suretill', 'floor'), 'utf8').trim()
}

function tell(what: string): void {
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${what}`)
}
