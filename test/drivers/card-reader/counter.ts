/** A card reader on a real pseudo-terminal with the driver at the near end, for tests. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { minor } from '#core/money.ts'
import type {
  CardOutcome,
  CardReaderPort,
  CardRequest,
  PresentedCard,
} from '#core/ports/card-reader.ts'
import type { DeviceHealth } from '#core/ports/device.ts'
import { createNeo2Reader } from '#drivers/card-reader/neo2/driver.ts'
import type { ByteLink } from '#drivers/transport/byte-link.ts'
import { serialLink } from '#drivers/transport/serial-link.ts'
import { createSecretArena, type WipeableArena } from '#shell/secrets/arena.ts'
import { systemClock } from '#shell/system-clock.ts'
import { loadCards } from '../../rig/cards.ts'
import {
  type CardReaderSim,
  type CardReaderState,
  startCardReaderSim,
} from '../../rig/sim/card-reader/card-reader-sim.ts'
import type { Pty } from '../../rig/sim/pty.ts'

export const CARDS = loadCards(fileURLToPath(new URL('../../rig/cards.yaml', import.meta.url)))

export type Counter = {
  readonly reader: CardReaderPort
  readonly sim: CardReaderSim
  readonly arena: WipeableArena
  readonly sees: (fits: (state: CardReaderState) => boolean) => Promise<void>
  readonly healthy: (fits: (health: DeviceHealth) => boolean) => Promise<void>
  /** Starts a read and waits until the reader is lit. */
  readonly ask: (over?: Partial<CardRequest>) => Promise<{ readonly outcome: Promise<CardOutcome> }>
}

/** Another cable than a serial one, and the link at its near end. */
export type OtherCable = { readonly cable: Pty; readonly link: ByteLink }

/** Starts reader and driver and waits until they know each other. */
export async function openCounter(other?: OtherCable): Promise<Counter> {
  const folder = mkdtempSync(join(tmpdir(), 'card-reader-'))
  const path = join(folder, 'card-reader')
  const far = other === undefined ? {} : { cable: other.cable }
  const sim = startCardReaderSim({ path, cards: CARDS, ...far })
  const arena = createSecretArena()
  const link =
    other?.link ?? serialLink({ path, baudRate: 115_200, clock: systemClock, reopenEveryMs: 20 })
  const reader = createNeo2Reader({ link, clock: systemClock, arena, pingEveryMs: 100 })
  onTestFinished(async () => {
    await reader.close()
    sim.stop()
    rmSync(folder, { recursive: true })
  })
  const healthy: Counter['healthy'] = (fits) =>
    new Promise((resolve) => {
      if (fits(reader.health)) resolve()
      reader.onHealth((health) => fits(health) && resolve())
    })
  const sees: Counter['sees'] = (fits) =>
    new Promise((resolve) => {
      const look = (): void => {
        if (fits(sim.state())) resolve()
      }
      sim.onChange(look)
      look()
    })
  reader.start()
  await healthy((health) => health.troubles.length === 0 && health.identity !== undefined)
  return {
    reader,
    sim,
    arena,
    sees,
    healthy,
    async ask(over = {}) {
      const outcome = reader.read(cardRequest(over))
      await sees((state) => state.lit)
      return { outcome }
    },
  }
}

export function cardRequest(over: Partial<CardRequest> = {}): CardRequest {
  return {
    amountMinor: minor(123_450),
    currency: '156',
    transactionType: '00',
    date: '251121',
    time: '204500',
    timeoutMs: 10_000,
    ...over,
  }
}

/** The card of an outcome; any other outcome fails the test with its name. */
export function cardOf(outcome: CardOutcome): PresentedCard {
  if (outcome.kind === 'card') return outcome.card
  throw new Error(`no card but ${outcome.kind}`)
}

export function textOf(secret: { use<R>(reader: (bytes: Uint8Array) => R): R } | null): string {
  return secret === null ? '' : secret.use((bytes) => Buffer.from(bytes).toString('latin1'))
}
