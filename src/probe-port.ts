/** Asks a serial port, in every protocol that is known, who is there. Beside `main.ts` because it must name the drivers. */
import { stat } from 'node:fs/promises'
import type { Clock } from '#core/ports/clock.ts'
import type { Device, DeviceHealth, DeviceName } from '#core/ports/device.ts'
import type { SecretArena } from '#core/ports/secret.ts'
import { createNeo2Reader } from '#drivers/card-reader/neo2/driver.ts'
import { createVisa2PinPad } from '#drivers/pin-pad/visa2/driver.ts'
import { createEscposPrinter } from '#drivers/printer/escpos/driver.ts'
import type { ByteLink } from '#drivers/transport/byte-link.ts'
import { serialLink } from '#drivers/transport/serial-link.ts'

export type PortAnswer = { readonly as: DeviceName; readonly identity: string }

/** Opening, and a question with its answer; the pad repeats its own after 1.5 s. */
const ATTEMPT_MS = 1_500
const PAD_ATTEMPT_MS = 2_500
/** ETX twice and EOT: the printer's question holds an STX, and a pad would wait for the end of that frame for ever. */
const END_OF_FRAME = Uint8Array.of(0x03, 0x03, 0x04)
/** What a pad says to those must not stand in front of its first answer. */
const SETTLE_MS = 300
const PROBE_PROFILE = { columns: 32, dots: 384, images: 'generic', cutter: true } as const

/**
 * The printer goes first: its question prints nothing and means nothing to the others, while theirs would be text to it. Null when
 * nobody answered. A scanner says nothing until it sees a code, so it cannot be found like this. Never rejects.
 */
export async function probePort(
  path: string,
  { clock, arena }: { readonly clock: Clock; readonly arena: SecretArena },
): Promise<PortAnswer | null> {
  const found = await stat(path).catch(() => null)
  if (found?.isCharacterDevice() !== true) return null
  const at = (baudRate: number) => serialLink({ path, baudRate, clock })
  const printers = [115_200, 9600, 19_200].map(
    (baudRate) => () => createEscposPrinter({ link: at(baudRate), clock, profile: PROBE_PROFILE }),
  )
  const reader = () => createNeo2Reader({ link: at(115_200), clock, arena })
  for (const attempt of [...printers, reader]) {
    const answer = await whoAnswers(attempt(), clock, ATTEMPT_MS)
    if (answer !== null) return answer
  }
  for (const baudRate of [9600, 19_200]) {
    await say(at(baudRate), END_OF_FRAME, clock)
    const pad = createVisa2PinPad({ link: at(baudRate), clock, arena })
    const answer = await whoAnswers(pad, clock, PAD_ATTEMPT_MS)
    if (answer !== null) return answer
  }
  return null
}

async function whoAnswers(
  device: Device,
  clock: Clock,
  withinMs: number,
): Promise<PortAnswer | null> {
  const answer = await new Promise<PortAnswer | null>((resolve) => {
    const giveUp = clock.after(withinMs, () => resolve(null))
    device.onHealth((health) => {
      if (!hasAnswered(health)) return
      giveUp()
      resolve({ as: health.device, identity: health.identity ?? '' })
    })
    device.start()
  })
  await device.close()
  return answer
}

/** Sent, and what comes back is dropped. */
async function say(link: ByteLink, bytes: Uint8Array, clock: Clock): Promise<void> {
  const opened = new Promise<void>((resolve) => {
    link.onState(() => resolve())
    clock.after(ATTEMPT_MS, resolve)
  })
  link.start()
  await opened
  await link.write(bytes)
  await new Promise<void>((resolve) => void clock.after(SETTLE_MS, resolve))
  await link.close()
}

/** A printer need not say its model; the others are only believed when they said who they are. */
function hasAnswered(health: DeviceHealth): boolean {
  const silent = (['gone', 'noAnswer', 'garbled'] as const).some((trouble) =>
    health.troubles.includes(trouble),
  )
  return !silent && (health.device === 'printer' || health.identity !== undefined)
}
