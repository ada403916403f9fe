/** The scanner port on a Zebra scanner that speaks SSI: packets with checksums, each acknowledged, nothing lost and nothing twice. */
import type { Clock } from '#core/ports/clock.ts'
import type { QrScannerPort } from '#core/ports/qr-scanner.ts'
import type { ByteLink } from '../../transport/byte-link.ts'
import { createStanding } from '../../transport/standing.ts'
import { createReadGate } from '../gate.ts'
import { createSsiMessages } from './message.ts'
import { createSsiOutbox } from './outbox.ts'
import {
  CMD_ACK,
  CMD_NAK,
  createSsiDecoder,
  DECODE_DATA,
  encodeSsi,
  NAK_RESEND,
  type SsiPacket,
  START_SESSION,
  STOP_SESSION,
} from './packet.ts'

export type SsiScannerOptions = { readonly link: ByteLink; readonly clock: Clock }

export type SsiCounts = {
  /** Reads thrown away: not armed, stale, or the same code again. */
  readonly dropped: number
  /** Packets that came twice because an acknowledgement was lost. */
  readonly repeated: number
}

/** Within a packet bytes follow each other; a packet of 257 bytes takes 270 ms at 9600 baud. */
const HALF_PACKET_MS = 100
/** The packets of one code follow each other after each ACK. */
const HALF_CODE_MS = 1000
/** Sessions end after a read and after a time of the scanner's own; an armed one is started again. */
const TRIGGER_AGAIN_MS = 3000

/**
 * Returns a scanner that opens nothing before `start`. The scanner must be set to packeted data with ACK/NAK handshaking and to send
 * the AIM identifier. `noAnswer` is raised when a command is refused or stays without answer, and cleared by the next packet.
 */
export function createSsiScanner({
  link,
  clock,
}: SsiScannerOptions): QrScannerPort & { readonly counts: SsiCounts } {
  const standing = createStanding('qrScanner')
  const gate = createReadGate(clock)
  const decoder = createSsiDecoder()
  const messages = createSsiMessages()
  const outbox = createSsiOutbox({
    link,
    clock,
    onOutcome(answered) {
      if (!answered) standing.raise('noAnswer')
    },
  })
  let cancelHalfPacket = (): void => {}
  let cancelHalfCode = (): void => {}
  let cancelTrigger = (): void => {}

  link.onState((state) => {
    cancelHalfPacket()
    cancelHalfCode()
    decoder.silence()
    messages.drop()
    outbox.clear()
    if (state === 'gone') {
      standing.raise('gone')
      standing.clear('noAnswer', 'garbled')
    } else {
      standing.clear('gone')
      if (gate.armed) trigger()
    }
  })
  link.onBytes((bytes) => {
    cancelHalfPacket()
    for (const said of decoder.push(bytes)) {
      if (said === 'garbled') askAgain()
      else obey(said)
    }
    if (decoder.busy) cancelHalfPacket = clock.after(HALF_PACKET_MS, endHalfPacket)
  })

  function endHalfPacket(): void {
    if (decoder.silence()) askAgain()
  }

  function askAgain(): void {
    standing.raise('garbled')
    void link.write(encodeSsi(CMD_NAK, { data: Uint8Array.of(NAK_RESEND) }))
  }

  function obey(packet: SsiPacket): void {
    standing.clear('noAnswer')
    if (messages.spoilt === 0) standing.clear('garbled')
    switch (packet.opcode) {
      case CMD_ACK:
        return outbox.answered('done')
      case CMD_NAK:
        return outbox.answered(packet.data[0] === NAK_RESEND ? 'again' : 'refused')
      case DECODE_DATA:
        return decoded(packet)
      default:
        // Events and other messages are acknowledged, or they come again.
        acknowledge()
    }
  }

  function decoded(packet: SsiPacket): void {
    cancelHalfCode()
    acknowledge()
    const done = messages.push(packet, gate.wanted)
    if (messages.busy) cancelHalfCode = clock.after(HALF_CODE_MS, giveUpCode)
    if (messages.spoilt > 0) standing.raise('garbled')
    else standing.clear('garbled')
    if (done === null) return
    if (done.wanted) gate.give(done.reading)
    else gate.drop(done.reading)
  }

  function giveUpCode(): void {
    if (messages.drop()) standing.raise('garbled')
  }

  function acknowledge(): void {
    void link.write(encodeSsi(CMD_ACK))
  }

  function trigger(): void {
    cancelTrigger()
    outbox.send(START_SESSION)
    cancelTrigger = clock.after(TRIGGER_AGAIN_MS, trigger)
  }

  function release(): void {
    cancelTrigger()
    if (link.state === 'open') outbox.send(STOP_SESSION)
  }

  return {
    get health() {
      return standing.health
    },
    get counts() {
      return { dropped: gate.dropped, repeated: messages.repeated }
    },
    onHealth: (listener) => standing.onHealth(listener),
    onRead: (listener) => gate.onRead(listener),
    start: () => link.start(),
    arm() {
      if (gate.arm() && link.state === 'open') trigger()
    },
    disarm() {
      if (!gate.disarm()) return
      messages.unwant()
      release()
    },
    async close() {
      if (gate.disarm()) release()
      await outbox.idle()
      cancelTrigger()
      cancelHalfPacket()
      cancelHalfCode()
      await link.close()
    },
  }
}
