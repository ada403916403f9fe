/** A PIN pad on a real pseudo-terminal with the driver at the near end, for tests. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { minor } from '#core/money.ts'
import type { DeviceHealth } from '#core/ports/device.ts'
import type { PinPadPort, PinRequest } from '#core/ports/pin-pad.ts'
import { createVisa2PinPad } from '#drivers/pin-pad/visa2/driver.ts'
import { serialLink } from '#drivers/transport/serial-link.ts'
import { createSecretArena, type WipeableArena } from '#shell/secrets/arena.ts'
import { systemClock } from '#shell/system-clock.ts'
import {
  type PinPadSim,
  type PinPadSimOptions,
  type PinPadState,
  startPinPadSim,
} from '../../rig/sim/pin-pad/pin-pad-sim.ts'

/** Public known answer (PIK under TMK) of the terminal dialect; the pad's master key 0. */
export const MASTER_KEY = '258FB0AB70D025CDB99DF2C4D302D646'
/** A working key as an acquirer would wrap it: any 16 bytes are one. */
export const WRAPPED_KEY = '00112233445566778899AABBCCDDEEFF'
export const SESSION_KEY = {
  kind: 'session',
  cipher: 'tdes',
  masterKeyIndex: 0,
  wrapped: WRAPPED_KEY,
} as const
export const PAN = '6222021001110000012'

export type Counter = {
  readonly pad: PinPadPort
  readonly sim: PinPadSim
  readonly arena: WipeableArena
  readonly request: (over?: Partial<PinRequest>) => PinRequest
  /** Resolves when the pad's picture fits. */
  readonly sees: (fits: (state: PinPadState) => boolean) => Promise<void>
  readonly healthy: (fits: (health: DeviceHealth) => boolean) => Promise<void>
}

/** Starts pad and driver and waits until they know each other. */
export async function openCounter(
  loaded: Pick<PinPadSimOptions, 'cipher' | 'unique'> = {},
): Promise<Counter> {
  const folder = mkdtempSync(join(tmpdir(), 'pin-pad-'))
  const path = join(folder, 'pin-pad')
  const sim = startPinPadSim({ path, masterKeys: { 0: MASTER_KEY }, ...loaded })
  const arena = createSecretArena()
  const link = serialLink({ path, baudRate: 9600, clock: systemClock, reopenEveryMs: 20 })
  const pad = createVisa2PinPad({ link, clock: systemClock, arena, testEveryMs: 100 })
  onTestFinished(async () => {
    await pad.close()
    sim.stop()
    rmSync(folder, { recursive: true })
  })
  const healthy: Counter['healthy'] = (fits) =>
    new Promise((resolve) => {
      if (fits(pad.health)) resolve()
      pad.onHealth((health) => fits(health) && resolve())
    })
  pad.start()
  await healthy((health) => health.troubles.length === 0 && health.identity !== undefined)
  return {
    pad,
    sim,
    arena,
    healthy,
    request: (over = {}) => ({
      pan: arena.put('pan', Buffer.from(PAN)),
      amountMinor: minor(123_450),
      key: SESSION_KEY,
      timeoutMs: 10_000,
      ...over,
    }),
    sees: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (fits(sim.state())) resolve()
        }
        sim.onChange(look)
        look()
      }),
  }
}

export function pressAll(sim: PinPadSim, digits: string): void {
  for (const digit of digits) {
    const key = (['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const).find(
      (k) => k === digit,
    )
    if (key !== undefined) sim.press(key)
  }
}
