/**
 * A machine with a real kernel, emulated without help of the processor (QEMU, TCG), so that it runs wherever QEMU can be installed. It is
 * booted with given disks and serial lines, does what it is told, and its power can be cut.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type Agent, openAgent, type Ran } from './agent.ts'
import { type GuestOptions, linesOf, qemuArguments } from './qemu-arguments.ts'
import { openQmp, type Qmp } from './qmp.ts'

const EMULATOR = 'qemu-system-x86_64'
/** A cold boot takes some seconds; on a machine that is busy with other things a minute. */
const BOOT_TIMEOUT_MS = 600_000
const STOP_TIMEOUT_MS = 10_000

export type Guest = {
  /** Runs a script of the guest's shell as root and gives back what came out. One after the other. */
  run(script: string): Promise<Ran>
  /** The same for what must succeed: rejects with its errors otherwise; gives the output. */
  must(script: string): Promise<string>
  /** The host's end of a line; the same one for the life of the guest. */
  line(name: string): Socket
  readonly qmp: Qmp
  /** Milliseconds in which the emulated processor could have run and other programs of the host had ours. */
  keptWaitingMs(): number
  /** Milliseconds of processor time that it has cost the host so far; the same for ever once it has ended. */
  processorMs(): number
  /** All that the kernel said so far. */
  console(): string
  /** From the start of QEMU to the first command. */
  readonly bootMs: number
  /**
   * Writes memory and devices to a file, from which `bootGuest` goes on later with the same options. Disks are not in it: those that are
   * written to must not be mounted now. The guest itself goes on too.
   */
  save(file: string): Promise<void>
  /** SIGKILL for QEMU: whatever the guest had not handed to its disk is lost. Safe to call twice. */
  powerCut(): Promise<void>
  /** Ends it without a farewell of the programs in it; its disks are synced and closed. Safe to call twice. */
  stop(): Promise<void>
}

/** Boots it and waits for its first word. Rejects with the kernel's last lines when it does not come up. */
export async function bootGuest(options: GuestOptions): Promise<Guest> {
  const began = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'guest-'))
  const names = ['qmp', 'agent', ...(options.lines ?? []), ...linesOf(options)]
  const sockets = await Promise.all(names.map((name) => listen(join(folder, name))))
  const consoleFile = join(folder, 'console')
  const child = spawn(EMULATOR, [...qemuArguments(options, folder)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (text: Buffer) => {
    complaints = `${complaints}${text.toString()}`.slice(-CONSOLE_SHOWN)
  })
  const ended = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(error))
    child.once('close', () => reject(new Error(`QEMU ended: ${complaints}`)))
  })
  ended.catch(() => undefined)
  const gone = once(child, 'close')
  const consoleText = (): string => {
    try {
      return readFileSync(consoleFile, 'utf8')
    } catch {
      // Not begun, or tidied away.
      return ''
    }
  }
  const lastBreath = (): void => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', lastBreath)
  let spentMs = 0
  const processorMs = (): number => {
    if (isRunning(child)) spentMs = spentBy(child.pid)
    return spentMs
  }
  const tidy = async (): Promise<void> => {
    process.off('exit', lastBreath)
    processorMs()
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await gone
    }
    for (const { server, socket } of sockets) {
      server.close()
      socket.then(
        (one) => one.destroy(),
        () => undefined,
      )
    }
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const connected = await within(
      Promise.race([Promise.all(sockets.map(({ socket }) => socket)), ended]),
      STOP_TIMEOUT_MS,
      'QEMU did not open its lines',
    )
    const lines = new Map(names.map((name, index) => [name, connected[index]]))
    const line = (name: string): Socket => {
      const found = lines.get(name)
      if (found === undefined) throw new RangeError(`The guest has no line ${name}.`)
      return found
    }
    const agent: Agent = openAgent(line('agent'))
    const qmp = await openQmp(line('qmp'))
    const up = options.resume === undefined ? agent.up : agent.run('true')
    await within(Promise.race([up, ended]), BOOT_TIMEOUT_MS, 'the guest did not come up')
    const bootMs = Math.round(performance.now() - began)
    return {
      run: (script) => agent.run(script),
      async must(script) {
        const { code, out, err } = await agent.run(script)
        if (code !== 0) throw new Error(`In the guest (${code}): ${err || out}\n${script}`)
        return out
      },
      line,
      qmp,
      keptWaitingMs: () => keptWaitingMs(child.pid),
      processorMs,
      console: consoleText,
      bootMs,
      save: (file) => within(save(qmp, file), BOOT_TIMEOUT_MS, 'the guest was not saved'),
      powerCut: tidy,
      async stop() {
        if (isRunning(child)) {
          processorMs()
          await within(agent.run('sync'), STOP_TIMEOUT_MS, 'no sync').catch(() => undefined)
          await qmp.command('quit').catch(() => undefined)
          await within(gone, STOP_TIMEOUT_MS, 'no end').catch(() => undefined)
        }
        await tidy()
      },
    }
  } catch (error) {
    const last = consoleText().slice(-CONSOLE_SHOWN)
    await tidy()
    throw new Error(`The guest does not run. ${last}`, { cause: error })
  }
}

const CONSOLE_SHOWN = 2000
const SAVED_LOOK_MS = 100

async function save(qmp: Qmp, file: string): Promise<void> {
  // Without it QEMU is careful with a network that is not there.
  await qmp.command('migrate-set-parameters', { 'max-bandwidth': SAVE_BYTES_PER_SECOND })
  await qmp.command('migrate', { uri: `exec:cat > '${file}'` })
  for (;;) {
    const told = z.object({ status: z.string() }).parse(await qmp.command('query-migrate'))
    if (told.status === 'completed') break
    if (told.status === 'failed') throw new Error('QEMU cannot save this guest.')
    await new Promise((resolve) => setTimeout(resolve, SAVED_LOOK_MS))
  }
  await qmp.command('cont')
}

const SAVE_BYTES_PER_SECOND = 4_000_000_000

/** Linux counts it for each thread (Documentation/scheduler/sched-stats.rst: the second number, nanoseconds). */
function keptWaitingMs(pid: number | undefined): number {
  const tasks = `/proc/${pid}/task`
  const waits = readdirSync(tasks).map((task) => {
    const [, waited] = readFileSync(join(tasks, task, 'schedstat'), 'utf8').split(' ')
    return Number(waited) / NANOSECONDS_PER_MS
  })
  // The emulated processor is the thread that wants most.
  return Math.round(Math.max(...waits))
}

const NANOSECONDS_PER_MS = 1_000_000

/** Programs and kernel together (proc(5): fields 14 and 15 of `stat`, in hundredths of a second). */
function spentBy(pid: number | undefined): number {
  const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const [user, system] = after.split(' ').slice(11, 13)
  return (Number(user) + Number(system)) * MS_PER_TICK
}

const MS_PER_TICK = 10

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

/** A socket file that QEMU connects to when it starts. */
async function listen(
  path: string,
): Promise<{ readonly server: Server; readonly socket: Promise<Socket> }> {
  const server = createServer()
  const socket = new Promise<Socket>((resolve) => server.once('connection', resolve))
  server.listen(path)
  await once(server, 'listening')
  return { server, socket }
}

/** Rejects with `why` when it takes longer. */
async function within<Result>(
  work: Promise<Result>,
  limitMs: number,
  why: string,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${why} within ${limitMs / 1000} s`)), limitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
