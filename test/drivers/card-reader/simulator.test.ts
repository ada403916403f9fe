import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { crc16, encodeCommand } from '#drivers/card-reader/neo2/frame.ts'
import { serialLink } from '#drivers/transport/serial-link.ts'
import { systemClock } from '#shell/system-clock.ts'
import { loadCards } from '../../rig/cards.ts'
import {
  type CardReaderSim,
  startCardReaderSim,
} from '../../rig/sim/card-reader/card-reader-sim.ts'
import { CARDS } from './counter.ts'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'reader-wire-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** Writes raw bytes to a reader and gives command and status of its first answer, and whether its CRC fits. */
async function talk(
  bytes: Uint8Array,
): Promise<{ command: number; status: number; crcFits: boolean; sim: CardReaderSim }> {
  const path = join(temporaryFolder(), 'reader')
  const sim = startCardReaderSim({ path, cards: CARDS })
  const link = serialLink({ path, baudRate: 115_200, clock: systemClock, reopenEveryMs: 20 })
  onTestFinished(async () => {
    await link.close()
    sim.stop()
  })
  const heard = await new Promise<Buffer>((resolve) => {
    let collected = Buffer.alloc(0)
    link.onBytes((chunk) => {
      collected = Buffer.concat([collected, chunk])
      if (collected.length >= 16) resolve(collected)
    })
    link.onState((state) => {
      if (state === 'open') void link.write(bytes)
    })
    link.start()
  })
  return {
    command: heard.readUInt8(10),
    status: heard.readUInt8(11),
    crcFits: crc16(heard.subarray(0, -2)) === heard.readUInt16BE(heard.length - 2),
    sim,
  }
}

test('a command with a wrong CRC is answered 04, and complained about', async () => {
  const frame = encodeCommand(0x18, 0x01, new Uint8Array())
  frame[frame.length - 1] = (frame.at(-1) ?? 0) ^ 1
  const { command, status, crcFits, sim } = await talk(frame)
  expect([command, status, crcFits]).toEqual([0x18, 0x04, true])
  expect(sim.state().complaints).toEqual(['wrong CRC'])
})

test('a command the reader does not know is answered 02, and complained about', async () => {
  const { status, sim } = await talk(encodeCommand(0x77, 0x01, new Uint8Array()))
  expect(status).toBe(0x02)
  expect(sim.state().complaints).toEqual(['unknown command 7701'])
})

test('an activation without an amount is answered 05, and complained about', async () => {
  const { status, sim } = await talk(
    encodeCommand(
      0x02,
      0x40,
      Buffer.from(
        '1E9F03060000000000009C01005F2A0201569A032511219F21032045' + '00DFEF370107',
        'hex',
      ),
    ),
  )
  expect(status).toBe(0x05)
  expect(sim.state().complaints).toEqual(['activation with a wrong time or without 9F02'])
})

test('noise in front of a command is complained about, and the command is obeyed', async () => {
  const noisy = Buffer.concat([Buffer.from('xyz'), encodeCommand(0x18, 0x01, new Uint8Array())])
  const { status, sim } = await talk(noisy)
  expect(status).toBe(0x00)
  expect(sim.state().complaints).toEqual(['3 bytes in front of a command'])
})

test('the cards of the laboratory have right check digits and different ids', () => {
  for (const { pan } of CARDS.cards) {
    const sum = Array.from(pan)
      .reverse()
      .reduce((total, digit, at) => {
        const value = Number(digit) * (at % 2 === 0 ? 1 : 2)
        return total + (value > 9 ? value - 9 : value)
      }, 0)
    expect(sum % 10).toBe(0)
  }
  expect(new Set(CARDS.cards.map(({ id }) => id)).size).toBe(CARDS.cards.length)
})

test('a card file with a wrong field is refused by the name of the field', () => {
  const file = join(temporaryFolder(), 'cards.yaml')
  const cards = CARDS.cards.map((card, at) => (at === 1 ? { ...card, expiry: '3013' } : card))
  writeFileSync(file, JSON.stringify({ ...CARDS, cards })) // JSON is YAML
  expect(() => loadCards(file)).toThrow(/expiry/)
})

test('a card file with one id twice is refused', () => {
  const file = join(temporaryFolder(), 'cards.yaml')
  writeFileSync(file, JSON.stringify({ ...CARDS, cards: [...CARDS.cards, ...CARDS.cards] }))
  expect(() => loadCards(file)).toThrow(/same id/)
})
