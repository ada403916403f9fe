/** The printer's buffer and brain: real-time commands at once, the rest in turn and at printing speed, nothing while offline. */
import type { Instruction, RealTime } from './instruction.ts'
import { createLexer } from './lexer.ts'
import { createMechanism, type Paper } from './mechanism.ts'
import {
  automaticStatus,
  isOffline,
  type PrinterState,
  realTimeStatus,
  type Sensors,
  sensorStatus,
} from './status.ts'

/** Instructions in the buffer; a real one holds some kilobytes and then stops taking bytes, this one complains. */
const WAITING_LIMIT = 200_000
const COMPLAINTS_KEPT = 100

export type FeedOptions = {
  readonly dots: number
  readonly linesPerSecond: number | null
  send(bytes: Uint8Array): void
  changed(): void
}

export type Feed = {
  receive(bytes: Uint8Array): void
  set(change: Partial<Sensors>): void
  runOutAfter(lines: number): void
  blockCutter(blocked: boolean): void
  setProcessIdSupport(known: boolean): void
  setPower(power: 'on' | 'off'): void
  tearOff(): void
  papers(): Paper[]
  state(): Omit<PrinterState, 'plugged'>
  stop(): void
}

export function createFeed(options: FeedOptions): Feed {
  const { linesPerSecond } = options
  const lexer = createLexer()
  const complaints: string[] = []
  const mechanism = createMechanism(options.dots, complain)
  let waiting: Instruction[] = []
  let sensors: Sensors = { paper: 'ok', cover: 'closed', cutterError: false, headHot: false }
  let power: 'on' | 'off' = 'on'
  let cutterBlocked = false
  let statusMask = 0
  let linesLeft = Number.POSITIVE_INFINITY
  let timer: NodeJS.Timeout | null = null

  function receive(bytes: Uint8Array): void {
    if (power === 'off') return
    for (const lexed of lexer.push(bytes)) {
      if (lexed.kind === 'complaint') complain(lexed.about)
      else if (lexed.kind === 'realTime') obey(lexed.command)
      else if (waiting.length < WAITING_LIMIT) waiting.push(lexed.instruction)
      else complain('the buffer ran over')
    }
    work()
    options.changed()
  }

  /** Carries out what waits until something moves paper (then pauses for it), or stops it. */
  function work(): void {
    let done = 0
    while (timer === null && !isOffline(sensors)) {
      const next = waiting[done]
      if (next === undefined) break
      if (next.kind === 'cut' && cutterBlocked) {
        // The cut stays in the buffer: DLE ENQ 1 tries it again.
        set({ cutterError: true })
        break
      }
      done += 1
      const lines = mechanism.perform(next)
      answer(next)
      count(lines)
      if (lines > 0 && linesPerSecond !== null) rest((1000 * lines) / linesPerSecond)
    }
    waiting = waiting.slice(done)
  }

  function rest(ms: number): void {
    timer = setTimeout(() => {
      timer = null
      work()
      options.changed()
    }, ms)
  }

  function count(lines: number): void {
    linesLeft -= lines
    if (linesLeft > 0) return
    linesLeft = Number.POSITIVE_INFINITY
    set({ paper: 'out' })
  }

  function answer(instruction: Instruction): void {
    if (instruction.kind === 'statusBack') {
      statusMask = instruction.mask
      if (statusMask !== 0) options.send(automaticStatus(sensors))
    } else if (instruction.kind === 'askSensor')
      options.send(Uint8Array.of(instruction.which === 1 ? sensorStatus(sensors) : 0x00))
    else if (instruction.kind === 'askProcessId')
      options.send(Buffer.from(`7"${instruction.id}\0`, 'latin1'))
    else if (instruction.kind === 'askIdentity') options.send(identity(instruction.which))
  }

  function obey(command: RealTime): void {
    if (command.kind === 'status') {
      const status = realTimeStatus(command.question, sensors)
      if (status === null) complain(`DLE EOT ${command.question}`)
      else options.send(Uint8Array.of(status))
    } else if (command.kind === 'clearBuffer') {
      clear()
      options.send(Uint8Array.of(0x37, 0x25, 0x00))
    } else if (sensors.cutterError) {
      if (command.what === 2) clear()
      set({ cutterError: cutterBlocked })
    }
  }

  function clear(): void {
    waiting = []
    mechanism.dropLine()
  }

  function set(change: Partial<Sensors>): void {
    const before = automaticStatus(sensors)
    sensors = { ...sensors, ...change }
    const now = automaticStatus(sensors)
    if (power === 'on' && statusMask !== 0 && !Buffer.from(before).equals(now)) options.send(now)
  }

  function complain(about: string): void {
    complaints.push(about)
    if (complaints.length > COMPLAINTS_KEPT) complaints.shift()
  }

  function stopWork(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }

  return {
    receive,
    set(change) {
      set(change)
      work()
      options.changed()
    },
    runOutAfter(lines) {
      linesLeft = lines
    },
    blockCutter(blocked) {
      cutterBlocked = blocked
      options.changed()
    },
    setProcessIdSupport(known) {
      lexer.processIdKnown = known
      options.changed()
    },
    setPower(to) {
      power = to
      stopWork()
      clear()
      lexer.reset()
      mechanism.initialise()
      statusMask = 0
      sensors = { ...sensors, cutterError: false }
      options.changed()
    },
    tearOff() {
      mechanism.tearOff()
      options.changed()
    },
    papers: () => mechanism.papers(),
    state: () => ({
      ...sensors,
      power,
      cutterBlocked,
      processIdSupport: lexer.processIdKnown,
      statusBack: statusMask !== 0,
      waiting: waiting.length,
      linesPrinted: mechanism.linesPrinted,
      papers: mechanism.papers().length,
      complaints: [...complaints],
    }),
    stop: stopWork,
  }
}

/** GS I: 65 and up answer as a block, below that one byte. */
function identity(which: number): Uint8Array {
  const names: Record<number, string> = {
    65: '1.00',
    66: 'SureTill rig',
    67: 'SIM-58',
    68: 'SIM0001',
  }
  const name = names[which]
  return which < 65 ? Uint8Array.of(0x02) : Buffer.from(`_${name ?? ''}\0`, 'latin1')
}
