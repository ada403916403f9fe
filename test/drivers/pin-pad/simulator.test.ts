import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { serialLink } from '#drivers/transport/serial-link.ts'
import { systemClock } from '#shell/system-clock.ts'
import { type PinPadSim, startPinPadSim } from '../../rig/sim/pin-pad/pin-pad-sim.ts'

/** Writes raw bytes to a pad and gives what it answers, as hex, until `length` bytes are there. */
async function talk(hex: string, length: number): Promise<{ heard: string; sim: PinPadSim }> {
  const folder = mkdtempSync(join(tmpdir(), 'pad-wire-'))
  const path = join(folder, 'pad')
  const sim = startPinPadSim({ path, masterKeys: { 0: '0123456789ABCDEF' } })
  const link = serialLink({ path, baudRate: 9600, clock: systemClock, reopenEveryMs: 20 })
  onTestFinished(async () => {
    await link.close()
    sim.stop()
    rmSync(folder, { recursive: true })
  })
  const heard = await new Promise<string>((resolve) => {
    let collected = ''
    link.onBytes((bytes) => {
      collected += Buffer.from(bytes).toString('hex')
      if (collected.length >= 2 * length) resolve(collected)
    })
    link.onState((state) => {
      if (state === 'open') void link.write(Buffer.from(hex, 'hex'))
    })
    link.start()
  })
  return { heard, sim }
}

test('a frame with a wrong LRC is answered NAK, and complained about', async () => {
  const { heard, sim } = await talk('0237320300', 1)
  expect(heard).toBe('15')
  expect(sim.state().complaints).toEqual(['wrong LRC'])
})

test('a packet the pad does not know is acknowledged, ended and complained about', async () => {
  const { heard, sim } = await talk('0239390303', 2)
  expect(heard).toBe('0604')
  expect(sim.state().complaints).toEqual(['unknown packet 99'])
})

test('bytes between frames and an ACK for nothing are complained about', async () => {
  const { heard, sim } = await talk('4106', 1)
  expect(heard).toBe('04')
  expect(sim.state().complaints).toEqual(['stray byte 41', 'ACK for nothing'])
})

test('a key index above 9 is answered 081', async () => {
  const { heard } = await talk('0f303841300e77', 7)
  expect(heard).toBe('060f3038310e37')
})

test('an account that is too short is refused with 2, and complained about', async () => {
  const body = `${Buffer.from('70.1234567').toString('hex')}1c${'30'.repeat(16)}${Buffer.from('1.00').toString('hex')}03`
  const lrc = Buffer.from(body, 'hex').reduce((xor, byte) => xor ^ byte, 0)
  const { heard, sim } = await talk(`02${body}${lrc.toString(16).padStart(2, '0')}`, 7)
  expect(Buffer.from(heard, 'hex').toString('latin1', 2, 5)).toBe('712')
  expect(sim.state().complaints).toEqual(['packet 70 refused with 2'])
})
