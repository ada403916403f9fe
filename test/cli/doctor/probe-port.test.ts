/** A port with an unlabelled cable: each simulated device is recognised by what it answers, whatever its name says. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { createSecretArena } from '#shell/secrets/arena.ts'
import { systemClock } from '#shell/system-clock.ts'
import { probePort } from '../../../src/probe-port.ts'
import { loadCards } from '../../rig/cards.ts'
import { startCardReaderSim } from '../../rig/sim/card-reader/card-reader-sim.ts'
import { startPinPadSim } from '../../rig/sim/pin-pad/pin-pad-sim.ts'
import { startPrinterSim } from '../../rig/sim/printer/printer-sim.ts'

const parts = () => ({ clock: systemClock, arena: createSecretArena() })

function somePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'probe-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'port')
}

test('a printer answers as a printer, and not a line is printed by the question', async () => {
  const printer = startPrinterSim({ path: somePath(), columns: 32 })
  onTestFinished(() => printer.stop())
  expect(await probePort(printer.path, parts())).toMatchObject({ as: 'printer' })
  expect(printer.state().complaints).toEqual([])
})

test('a PIN pad answers as a PIN pad, after the questions for printer and reader', async () => {
  const pad = startPinPadSim({ path: somePath(), masterKeys: {} })
  onTestFinished(() => pad.stop())
  expect(await probePort(pad.path, parts())).toMatchObject({
    as: 'pinPad',
    identity: expect.stringMatching(/^VISA-II ./),
  })
}, 30_000)

test('a card reader answers as a card reader', async () => {
  const cards = loadCards(fileURLToPath(new URL('../../rig/cards.yaml', import.meta.url)))
  const reader = startCardReaderSim({ path: somePath(), cards, contactlessNoPinMinor: 100_000 })
  onTestFinished(() => reader.stop())
  expect(await probePort(reader.path, parts())).toMatchObject({ as: 'cardReader' })
}, 30_000)

test('a port that is not there is told at once', async () => {
  expect(await probePort(somePath(), parts())).toBeNull()
})
