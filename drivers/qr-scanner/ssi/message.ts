/** Joins the DECODE_DATA packets of one code and drops those that came twice because an ACK was lost. Pure. */
import type { ScanReading } from '#core/ports/qr-scanner.ts'
import { aimIdentifier } from '../aim-identifier.ts'
import type { SsiPacket } from './packet.ts'

/** The longest QR code holds 2953 bytes; more is not a code. */
const CODE_LIMIT = 4096

type SsiReading = { readonly reading: ScanReading; readonly wanted: boolean }

export type SsiMessages = {
  /** The code that this packet completes, or null. `wanted`: whether a code that begins now is wanted. Zeroes the packet's data. */
  push(packet: SsiPacket, wanted: boolean): SsiReading | null
  /** A code that began before now is not wanted any more. */
  unwant(): void
  /** Drops half a code: its rest did not come, or the scanner went. True when there was one. */
  drop(): boolean
  readonly busy: boolean
  /** Codes of which parts did not fit together, since the last good one. */
  readonly spoilt: number
  /** Packets that came twice. */
  readonly repeated: number
}

export function createSsiMessages(): SsiMessages {
  const buffer = new Uint8Array(CODE_LIMIT)
  let length = 0
  let busy = false
  let broken = false
  let type = 0
  let wantedCode = false
  let last = new Uint8Array(0)
  let spoilt = 0
  let repeated = 0

  function clear(): void {
    buffer.fill(0)
    length = 0
    busy = false
    broken = false
  }

  function remember(data: Uint8Array): void {
    last.fill(0)
    last = data.slice()
  }

  function add(data: Uint8Array, wanted: boolean): void {
    const [barCodeType = 0, ...code] = data
    if (!busy) {
      type = barCodeType
      wantedCode = wanted
    }
    busy = true
    // A guess, to be settled on a scanner: each packet repeats the type. Where one does not, the code is spoilt and not misread.
    if (data.length === 0 || barCodeType !== type || length + code.length > buffer.length) {
      broken = true
      return
    }
    buffer.set(code, length)
    length += code.length
  }

  function finish(): SsiReading | null {
    const good = !broken && length > 0
    spoilt = good ? 0 : spoilt + 1
    const code = buffer.subarray(0, length)
    const symbology = aimIdentifier(code)
    const reading = good ? { symbology, bytes: code.slice(symbology.length) } : null
    clear()
    return reading === null ? null : { reading, wanted: wantedCode }
  }

  return {
    push(packet, wanted) {
      const again = packet.retransmitted && same(packet.data, last)
      if (again) repeated += 1
      else {
        remember(packet.data)
        add(packet.data, wanted)
      }
      packet.data.fill(0)
      return again || packet.continued ? null : finish()
    },
    unwant() {
      wantedCode = false
    },
    drop() {
      const half = busy
      if (half) spoilt += 1
      clear()
      remember(new Uint8Array(0))
      return half
    },
    get busy() {
      return busy
    },
    get spoilt() {
      return spoilt
    },
    get repeated() {
      return repeated
    },
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
