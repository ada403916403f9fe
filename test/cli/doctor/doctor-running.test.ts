/** The doctor beside a terminal that sells, and on what such a terminal leaves behind. */
import { copyFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { changeConfig, openShop } from '../../terminal/shop.ts'
import { examine, red, type Wishes } from './doctor-bench.ts'

const SLOW_MS = 60_000
/** So that the doctor does not come while it tries again. */
const WAITING_LONG = { 'acquirer.linkRetryMs': 60_000 }
/** Nothing of a terminal that runs may be opened. */
const HANDS_OFF: Wishes = {
  openDevices: () => {
    throw new Error('a driver was made beside a running terminal')
  },
  probe: () => Promise.reject(new Error('a port was opened beside a running terminal')),
}

test(
  'beside a running terminal everything is told by itself, and its ports are left alone',
  async () => {
    const shop = await openShop()
    const places = { config: shop.configFolder, data: shop.dataFolder }
    const well = await examine(places, ['--json'], HANDS_OFF)
    expect(red(well)).toEqual([])
    const codes = well.findings.map(({ code }) => code)
    expect(codes).toEqual(expect.arrayContaining(['terminal.running', 'talk.linkUp', 'keys.ready']))
    expect(codes.filter((code) => code === 'device.answers')).toHaveLength(3)

    shop.rig.printer.setPaper('out')
    await shop.cashier().until(({ strip }) => strip.paper === 'out', 'the paper to be out')
    expect(red(await examine(places, ['--json'], HANDS_OFF))).toEqual(['paper.out'])

    shop.rig.pinPad.unplug()
    await shop.cashier().until(({ strip }) => strip.faults.length > 1, 'the pad to be gone')
    expect(red(await examine(places, ['--json'], HANDS_OFF))).toEqual([
      'paper.out',
      'device.missing',
    ])
  },
  SLOW_MS,
)

test(
  'a terminal with the wrong master key: running it has no link, and stopped the reason is told',
  async () => {
    const shop = await openShop({ closed: true, config: WAITING_LONG })
    const masterKey = '11111111111111112222222222222222'
    changeConfig(join(shop.configFolder, 'terminal.yaml'), { 'acquirer.masterKey': masterKey })
    await shop.powerOn()
    const places = { config: shop.configFolder, data: shop.dataFolder }
    await shop.cashier().until(({ strip }) => strip.link === 'down', 'the sign-on to fail')
    expect(red(await examine(places, ['--json'], HANDS_OFF))).toContain('talk.linkDown')
    await shop.terminal.stop()
    expect(red(await examine(places))).toEqual(['keys.masterDiffers'])
  },
  SLOW_MS,
)

test(
  'a terminal that hangs is told from one that is stopped',
  async () => {
    const shop = await openShop({ closed: true })
    const places = { config: shop.configFolder, data: shop.dataFolder }
    await shop.powerOn()
    const { pid } = shop.terminal.state()
    process.kill(pid ?? 0, 'SIGSTOP')
    try {
      expect(red(await examine(places, ['--json', '--offline'], HANDS_OFF))).toEqual([
        'terminal.silent',
      ])
    } finally {
      process.kill(pid ?? 0, 'SIGCONT')
    }
  },
  SLOW_MS,
)

test(
  'damaged journal tail: the event that is not as it was written is named, and the file is left alone',
  async () => {
    const shop = await openShop()
    const places = { config: shop.configFolder, data: shop.dataFolder }
    await shop.terminal.stop()
    expect(red(await examine(places))).toEqual([])

    const file = join(shop.dataFolder, 'journal.db')
    const db = new DatabaseSync(file)
    db.exec('UPDATE event SET at = at + 1 WHERE seq = (SELECT max(seq) FROM event)')
    db.close()
    copyFileSync(file, `${file}.before`)
    const report = await examine(places)
    expect(red(report)).toEqual(['journal.damaged'])
    expect(report.findings.find(({ code }) => code === 'journal.damaged')?.what).toMatch(
      /event \d+/,
    )
    expect(statSync(file).size).toBe(statSync(`${file}.before`).size)
  },
  SLOW_MS,
)

test(
  'a clock that fell behind what the journal has seen is told by both times',
  async () => {
    const shop = await openShop()
    await shop.terminal.stop()
    const places = { config: shop.configFolder, data: shop.dataFolder }
    const report = await examine(places, ['--json', '--offline'], {
      wallMs: Date.now() - 86_400_000,
    })
    expect(red(report)).toEqual(['clock.behindJournal'])
  },
  SLOW_MS,
)

test(
  'files of another user: nothing is opened, and whom to be is told',
  async () => {
    const shop = await openShop({ closed: true })
    await shop.powerOn()
    await shop.terminal.stop()
    const places = { config: shop.configFolder, data: shop.dataFolder }
    const uid = (process.getuid?.() ?? 0) + 1
    const report = await examine(places, ['--json', '--offline'], { ...HANDS_OFF, uid })
    expect(red(report)).toEqual(['terminal.otherOwner'])
  },
  SLOW_MS,
)
