/** A crash at the worst moment: what the core of a process holds of a key that two people have brought. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createCipheriv } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { expect, onTestFinished, test } from 'vitest'
import { initialState } from '#core/terminal/recover.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { type Rig, startRig } from '../../rig/rig.ts'
import { createTerminalProcess } from '../../rig/terminal-process.ts'
import { connectCashier } from '../../terminal/cashier.ts'
import { changeText } from '../off-terminal.ts'
import { ADMINISTRATOR, people, SUPERVISOR } from '../people.ts'
import { CORES_ALLOWED, coreOf, placesOf } from './core-of.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const MAIN = join(ROOT, 'src', 'main.ts')
/** Test keys: two components, what they make together, and the second one with a wrong digit. */
const ONE = '6D6BE51F04F76167491554FE25F7ABEF'
const TWO = '48E455B4742744AAF088A63AF6F57DA9'
const WRONG = '48E455B4742744AAF088A63AF6F57DB9'
const WHOLE = '258FB0AB70D025CDB99DF2C4D302D646'
/** A core is some 700 MB of holes and 80 MB of memory, and the machine may have other things to do. */
const PATIENCE_MS = 120_000

test(
  'a component that does not fit is gone as soon as it is refused: a core has the one before it, which is still needed, and not this one',
  async () => {
    const { folder, rig, data } = await withoutKey()
    const ceremony = keysCommand(folder, rig, data)
    await type(ceremony, [ADMINISTRATOR.number, ADMINISTRATOR.pin, ONE, check(ONE)])
    await type(ceremony, [SUPERVISOR.number, SUPERVISOR.pin, WRONG, check(TWO)])
    await ceremony.asked(/Component 2 does not fit its check value[\s\S]*omponent 2/)
    const { file } = await coreOf(ceremony.pid, folder, ceremony.gone)
    const [needed, ...others] = placesOf([ONE, WRONG, TWO, WHOLE], file)
    expect(needed).toBeGreaterThan(0)
    expect(others).toEqual([0, 0, 0])
  },
  PATIENCE_MS,
)

test(
  'a terminal that works with the key leaves a core and files in which neither component nor key is',
  async () => {
    const { folder, rig, data } = await withoutKey()
    const ceremony = keysCommand(folder, rig, data)
    await type(ceremony, [ADMINISTRATOR.number, ADMINISTRATOR.pin, ONE, check(ONE)])
    await type(ceremony, [SUPERVISOR.number, SUPERVISOR.pin, WRONG, check(TWO), TWO, check(TWO)])
    await type(ceremony, [check(WHOLE)])
    expect(await ceremony.gone).toBe(0)

    const place = ['--config', rig.configFolder, '--data', data]
    const terminal = createTerminalProcess({
      command: [...CORES_ALLOWED, process.execPath, MAIN, 'run', '--json', ...place],
      cwd: folder,
    })
    onTestFinished(() => terminal.stop())
    const started = await terminal.powerOn()
    if (started.kind === 'failed') throw new Error(started.why)
    const cashier = await connectCashier(started.screens)
    // The acquirer's keys came wrapped under the key of the ceremony: it has been used.
    await cashier.until(({ strip }) => strip.link === 'up')
    cashier.leave()
    const gone = new Promise((resolve) => {
      terminal.onChange(() => terminal.state().phase === 'crashed' && resolve(null))
    })
    const { file } = await coreOf(terminal.state().pid ?? 0, folder, gone)
    await terminal.stop()
    const name = Buffer.from('SureTill').toString('hex')
    const [seen, ...secret] = placesOf([name, ONE, TWO, WRONG, WHOLE], file)
    expect(seen).toBeGreaterThan(0)
    expect(secret).toEqual([0, 0, 0, 0])
    const holding = filesIn(data).filter((one) =>
      placesOf([ONE, TWO, WRONG, WHOLE], one).some((count) => count > 0),
    )
    expect(holding).toEqual([])
  },
  PATIENCE_MS,
)

test.each(['scripts/suretill', 'config/systemd/launcher.sh'])(
  'whatever %s starts may leave no core, also where the service manager is not asked',
  (launcher) => {
    const folder = temporary()
    const text = readFileSync(join(ROOT, launcher), 'utf8')
    const line = text.split('\n').find((one) => one.startsWith('ulimit ')) ?? ''
    const script = `ulimit -c unlimited 2>/dev/null\n${line}\ncat /proc/self/limits\nkill -ABRT $$`
    const { signal, stdout } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' })
    expect(signal).toBe('SIGABRT')
    expect(stdout).toMatch(/^Max core file size +0 +0 /m)
    expect(readdirSync(folder)).toEqual([])
  },
)

/** A terminal with people and without the key of the demonstration, whose acquirer has that key. */
async function withoutKey(): Promise<{
  readonly folder: string
  readonly rig: Rig
  readonly data: string
}> {
  const folder = temporary()
  const demoConfig = join(folder, 'demo')
  cpSync(join(ROOT, 'config', 'demo'), demoConfig, { recursive: true })
  const rig = await startRig({ folder, demoConfig, ports: { acquirer: 0, screens: 0 } })
  onTestFinished(() => rig.stop())
  rmSync(demoConfig, { recursive: true })
  changeText(join(rig.configFolder, 'terminal.yaml'), (text) =>
    text.replace(/^ {2}masterKey:.*\n/m, ''),
  )
  const data = join(folder, 'data')
  mkdirSync(data)
  const opened = openJournal(join(data, 'journal.db'))
  if (!opened.ok) throw new Error(opened.detail)
  const state = { ...initialState(), operators: people() }
  opened.journal.commit({ entries: [], state, sealed: [] })
  opened.journal.close()
  return { folder, rig, data }
}

type Ceremony = {
  readonly pid: number
  readonly keyboard: NonNullable<ChildProcess['stdin']>
  /** The exit code; null after a signal. */
  readonly gone: Promise<number | null>
  /** Waits until it has asked or said this. */
  readonly asked: (wanted: RegExp) => Promise<void>
}

/** The real command with a pipe as its keyboard. */
function keysCommand(folder: string, rig: Rig, data: string): Ceremony {
  const place = ['--config', rig.configFolder, '--data', data, '--lang', 'en']
  const [shell, ...rest] = CORES_ALLOWED
  const child = spawn(
    shell,
    [...rest, process.execPath, MAIN, 'keys', 'load-components', ...place],
    { cwd: folder },
  )
  let said = ''
  const listeners = new Set<() => void>()
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes.toString()
    for (const listener of listeners) listener()
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return {
    pid: child.pid ?? 0,
    keyboard: child.stdin,
    gone: new Promise((resolve) => child.once('exit', resolve)),
    asked: (wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!wanted.test(said)) return
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
        look()
      }),
  }
}

async function type({ keyboard }: Ceremony, lines: readonly string[]): Promise<void> {
  for (const line of lines)
    await new Promise((resolve) => keyboard.write(`${line}\n`, () => resolve(null)))
}

/** The first three bytes of eight zeros under the key. */
function check(hex: string): string {
  const key = Buffer.from(hex, 'hex')
  const whole = Buffer.concat([key, key.subarray(0, 8)])
  const cipher = createCipheriv('des-ede3-ecb', whole, null).setAutoPadding(false)
  return cipher.update(Buffer.alloc(8)).toString('hex').slice(0, 6).toUpperCase()
}

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'core-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
