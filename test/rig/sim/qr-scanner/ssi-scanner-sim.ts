/**
 * A scanner that speaks Zebra's SSI, strictly: every checksum is checked, every command must come after a wake-up, every read must be
 * acknowledged or it is sent again, at most twice.
 */
import { openPty, type Pty } from '../pty.ts'

export type SsiScannerSim = {
  readonly path: string
  readonly triggered: boolean
  /** Reads that were acknowledged. */
  readonly acknowledged: number
  /** What the terminal did against the protocol, newest last; empty is right. */
  readonly complaints: readonly string[]
  /** Reads a code now, in packets of at most `partBytes` of it. */
  read(code: string | Uint8Array, partBytes?: number): void
  /** Once, with the next packet: its checksum is wrong, the ACK for it is not heard, or only its first half is sent. */
  spoilNext(fault: 'checksum' | 'ackLost' | 'half'): void
  /** Answers nothing. */
  setSilent(silent: boolean): void
  /** Answers the next command with this NAK cause. */
  refuseNext(cause: number): void
  sendRaw(bytes: Uint8Array): void
  onChange(listener: () => void): void
  unplug(): void
  plug(): void
  stop(): void
}

const ACK = 0xd0
const NAK = 0xd1
const START = 0xe4
const STOP = 0xe5
const DECODED = 0xf3
/** The guides allow two seconds; tests need not wait so long. */
const ACK_WITHIN_MS = 150
const RESENDS = 2
const SLEEPS_AFTER_MS = 60
const TYPE_QR = 0xf1

/** `cable`: another one than a pseudo-terminal at `path`. */
export function startSsiScannerSim(
  path: string,
  aimIdentifier = ']Q1',
  cable?: Pty,
): SsiScannerSim {
  const pty: Pty = cable ?? openPty({ path })
  const listeners: (() => void)[] = []
  const complaints: string[] = []
  let rest: Buffer = Buffer.alloc(0)
  let queue: Buffer[] = []
  let tries = 0
  let ackTimer: NodeJS.Timeout | undefined
  let sleepTimer: NodeJS.Timeout | undefined
  let awake = false
  let triggered = false
  let acknowledged = 0
  let silent = false
  let fault: 'checksum' | 'ackLost' | 'half' | null = null
  let deafToAck = false
  let refusal: number | null = null

  pty.onBytes((bytes) => {
    stayAwake(false)
    rest = Buffer.concat([rest, bytes])
    while (next());
    for (const listener of listeners) listener()
  })

  function stayAwake(woken: boolean): void {
    awake ||= woken
    clearTimeout(sleepTimer)
    sleepTimer = setTimeout(() => {
      awake = queue.length > 0
    }, SLEEPS_AFTER_MS + 100)
  }

  function next(): boolean {
    const [length] = rest
    if (length === undefined) return false
    if (length === 0) {
      rest = rest.subarray(1)
      stayAwake(true)
      return true
    }
    if (length < 4) {
      complaints.push(`a packet of length ${length}`)
      rest = Buffer.alloc(0)
      return false
    }
    if (rest.length < length + 2) return false
    const packet = rest.subarray(0, length + 2)
    rest = rest.subarray(length + 2)
    if (silent) return true
    if (packet.readUInt16BE(length) !== sumOf(packet.subarray(0, length))) {
      complaints.push('a wrong checksum')
      send(NAK, Buffer.from([1]))
    } else if (packet[2] !== 0x04) complaints.push(`source ${packet[2]}`)
    else obey(packet[1] ?? 0, packet.subarray(4, length))
    return true
  }

  function obey(opcode: number, data: Buffer): void {
    if (opcode === ACK) return heardAck()
    if (opcode === NAK) return heardNak(data[0] ?? 0)
    if (opcode !== START && opcode !== STOP) {
      complaints.push(`opcode ${opcode}`)
      return send(NAK, Buffer.from([2]))
    }
    if (!awake) return void complaints.push('a command to a sleeping scanner')
    if (refusal !== null) {
      const cause = refusal
      refusal = null
      return send(NAK, Buffer.from([cause]))
    }
    triggered = opcode === START
    send(ACK)
  }

  function heardAck(): void {
    if (deafToAck) {
      deafToAck = false
      return
    }
    if (queue.length === 0) return void complaints.push('an ACK for nothing')
    clearTimeout(ackTimer)
    queue.shift()
    tries = 0
    if (queue.length > 0) return transmit()
    acknowledged += 1
    triggered = false
  }

  function heardNak(cause: number): void {
    if (queue.length === 0) return void complaints.push('a NAK for nothing')
    if (cause !== 1) complaints.push(`NAK ${cause}`)
    transmit()
  }

  function transmit(): void {
    clearTimeout(ackTimer)
    const [current] = queue
    if (current === undefined) return
    if (tries > RESENDS) {
      complaints.push('a read that nobody acknowledged')
      queue = []
      tries = 0
      return
    }
    const body = Buffer.from(current)
    if (tries > 0) body[3] = (body[3] ?? 0) | 1
    tries += 1
    const now = fault
    fault = null
    deafToAck = now === 'ackLost'
    const whole = withSum(body)
    if (now === 'checksum') whole[5] = (whole[5] ?? 0) ^ 0x01
    pty.write(now === 'half' ? whole.subarray(0, whole.length >> 1) : whole)
    ackTimer = setTimeout(transmit, ACK_WITHIN_MS)
  }

  function send(opcode: number, data = Buffer.alloc(0)): void {
    pty.write(withSum(Buffer.concat([Buffer.from([4 + data.length, opcode, 0, 0]), data])))
  }

  return {
    path,
    get triggered() {
      return triggered
    },
    get acknowledged() {
      return acknowledged
    },
    complaints,
    read(code, partBytes = 250) {
      const all = Buffer.concat([Buffer.from(aimIdentifier, 'latin1'), Buffer.from(code)])
      const count = Math.ceil(all.length / partBytes)
      const parts = Array.from({ length: count }, (_, index) => {
        const part = all.subarray(index * partBytes, (index + 1) * partBytes)
        const status = index + 1 < count ? 0x02 : 0x00
        return Buffer.concat([Buffer.from([5 + part.length, DECODED, 0, status, TYPE_QR]), part])
      })
      const idle = queue.length === 0
      queue.push(...parts)
      if (idle) transmit()
    },
    spoilNext: (kind) => void (fault = kind),
    setSilent: (on) => void (silent = on),
    refuseNext: (cause) => void (refusal = cause),
    sendRaw: (bytes) => pty.write(bytes),
    onChange: (listener) => void listeners.push(listener),
    unplug() {
      clearTimeout(ackTimer)
      queue = []
      rest = Buffer.alloc(0)
      tries = 0
      triggered = false
      pty.unplug()
    },
    plug: () => pty.plug(),
    stop() {
      clearTimeout(ackTimer)
      clearTimeout(sleepTimer)
      pty.stop()
    },
  }
}

function withSum(body: Buffer): Buffer {
  const sum = Buffer.alloc(2)
  sum.writeUInt16BE(sumOf(body))
  return Buffer.concat([body, sum])
}

function sumOf(bytes: Uint8Array): number {
  let sum = 0x10000
  for (const byte of bytes) sum -= byte
  return sum & 0xffff
}
