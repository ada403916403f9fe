/** The client beside the real RAUC: installing, refusing, marking good. Where RAUC cannot run, only that it says so. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '#shell/system-clock.ts'
import { createImageInstaller } from '#shell/update/rauc/installer.ts'
import { scratch } from '../sample-bundle.ts'
import { hasRauc, startRauc } from './private-rauc.ts'

const TIME = 60_000

test('without a service it is said so, and nothing hangs', async () => {
  const environment = { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${join(scratch(), 'nobody')}` }
  const rauc = createImageInstaller({ clock: systemClock, environment })
  expect(await rauc.slots()).toBeNull()
  expect(await rauc.markGood()).toMatchObject({ ok: false, why: 'noService' })
  expect(await rauc.install('/no/such.raucb', () => undefined)).toMatchObject({
    ok: false,
    why: 'noService',
  })
})

test.runIf(hasRauc())(
  'an image goes into the root that does not run, and the boot loader takes it next',
  async () => {
    const service = await startRauc()
    const { environment } = service
    const rauc = createImageInstaller({ clock: systemClock, environment })
    const before = await rauc.slots()
    expect(before?.map(({ name, state }) => `${name} ${state}`).toSorted()).toEqual([
      'rootfs.0 booted',
      'rootfs.1 inactive',
    ])
    const image = randomBytes(300_000)
    const told: string[] = []
    const outcome = await rauc.install(service.bundle(image), ({ percent, what }) =>
      told.push(`${percent} ${what}`),
    )
    expect(outcome).toEqual({ ok: true })
    expect(service.slot('b').subarray(0, image.length).equals(image)).toBe(true)
    expect(service.slot('a').every((byte) => byte === 0)).toBe(true)
    expect(service.primary()).toBe('system1')
    expect(told.length).toBeGreaterThan(0)

    expect(service.stateOf('system0')).toBe('bad')
    expect(await rauc.markGood()).toEqual({ ok: true })
    expect(service.stateOf('system0')).toBe('good')
  },
  TIME,
)

test.runIf(hasRauc())(
  'an image that somebody else has signed is refused with RAUC’s sentence, and nothing is written',
  async () => {
    const service = await startRauc()
    const { environment } = service
    const rauc = createImageInstaller({ clock: systemClock, environment })
    const outcome = await rauc.install(
      service.bundle(randomBytes(200_000), 'others'),
      () => undefined,
    )
    expect(outcome).toMatchObject({
      ok: false,
      why: 'refused',
      detail: expect.stringMatching(/signature|certificate/i),
    })
    expect(service.slot('b').every((byte) => byte === 0)).toBe(true)
    expect(service.primary()).toBe('system0')
  },
  TIME,
)
