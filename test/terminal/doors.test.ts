import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { changeConfig, OPERATOR, openShop, suretill, until } from './shop.ts'

/** Starts a terminal that is expected to refuse: how it ended and what it said. */
function refusedStart(
  config: string,
  data: string,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(suretill(), ['run', '--config', config, '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  onTestFinished(() => void child.kill('SIGKILL'))
  return new Promise((resolve) =>
    child.on('close', (code) => resolve({ code, said: said.trim().split('\n').at(-1) ?? '' })),
  )
}

test.each([
  ['a limit of nothing', 'limits.maxAmountMinor', 0, 'limits.maxAmountMinor'],
  ['a port that is no port', 'acquirer.port', 99_999, 'acquirer.port'],
  ['a merchant number that is too short', 'merchant.number', '123', 'merchant.number'],
  ['an unknown setting', 'acquirer.hsot', 'x', 'acquirer'],
  ['no operators', 'operators', [], 'operators'],
])(
  'a configuration with %s is refused in one sentence that names the place',
  async (_what, path, value, named) => {
    const shop = await openShop({ closed: true })
    changeConfig(join(shop.configFolder, 'terminal.yaml'), { [path]: value })
    const { code, said } = await refusedStart(shop.configFolder, shop.dataFolder)
    expect(code).toBe(2)
    expect(said).toContain(named)
    expect(said).toContain('Nothing was started.')
  },
)

test('the production profile refuses keys held in software', async () => {
  const shop = await openShop({ closed: true })
  changeConfig(join(shop.configFolder, 'terminal.yaml'), { profile: 'production' })
  expect(await refusedStart(shop.configFolder, shop.dataFolder)).toMatchObject({
    code: 2,
    said: expect.stringContaining('production'),
  })
})

test('a second terminal on the same data folder is refused, and the first goes on selling', async () => {
  const shop = await openShop()
  const { code, said } = await refusedStart(shop.configFolder, shop.dataFolder)
  expect(code).toBe(2)
  expect(said).toContain('Another terminal is running')
  await shop.cashier().ask('5')
  await shop.present('tap', 'debit')
  expect(await shop.cashier().page('result')).toMatchObject({ outcome: 'approved' })
})

test('a port in use is named', async () => {
  const shop = await openShop({ closed: true })
  const squatter = createServer()
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void squatter.close())
  const address = squatter.address()
  const port = address !== null && typeof address !== 'string' ? address.port : 0
  changeConfig(join(shop.configFolder, 'terminal.yaml'), { 'screens.port': port })
  const { code, said } = await refusedStart(shop.configFolder, shop.dataFolder)
  expect(code).toBe(2)
  expect(said).toContain(String(port))
})

test('a journal from the future is refused, nothing of it is changed, and it opens again with the right release', async () => {
  const shop = await openShop()
  await shop.terminal.stop()
  /** Gives the version that was there. */
  const setVersion = (version: number): number => {
    const db = new DatabaseSync(join(shop.dataFolder, 'journal.db'))
    const before = Number(db.prepare('PRAGMA user_version').get()?.['user_version'])
    db.exec(`PRAGMA user_version = ${version}`)
    db.close()
    return before
  }
  const own = setVersion(99)
  const { code, said } = await refusedStart(shop.configFolder, shop.dataFolder)
  expect(code).toBe(2)
  expect(said).toContain('newer release')
  setVersion(own)
  await shop.powerOn()
  await shop.cashier().signIn(OPERATOR)
  expect(shop.cashier().view().counter.kind).toBe('amount')
})

test('garbage from every device is shown while it lasts and forgotten after: the next sales work', {
  timeout: 60_000,
}, async () => {
  const { rig, cashier, present, holdUp } = await openShop()
  const noise = Uint8Array.from({ length: 300 }, (_, index) => (index * 37 + 11) % 256)
  const silent = () =>
    cashier()
      .view()
      .strip.faults.filter((fault) => fault.key === 'noAnswer').length
  rig.scanner.sendRaw(noise)
  rig.printer.sendRaw(noise)
  rig.pinPad.applyFault({ kind: 'garbage' })
  rig.cardReader.applyFault({ kind: 'garbage' })
  await cashier().until(() => silent() === 2, 'pad and reader to be missed')
  rig.pinPad.clearFaults()
  rig.cardReader.clearFaults()
  await cashier().until(() => silent() === 0, 'pad and reader to be well')
  await cashier().ask('5')
  await present('tap', 'debit')
  expect(await cashier().page('result')).toMatchObject({ outcome: 'approved', channel: 'card' })
  cashier().press('cancel')
  await cashier().ask('5')
  holdUp('wechat')
  expect(await cashier().page('result')).toMatchObject({ outcome: 'approved', channel: 'wechat' })
  await cashier().until(({ strip }) => strip.faults.length === 0, 'every device to be well')
})

test('every cable pulled and put back is shown, and healed without a restart', async () => {
  const { rig, cashier, present } = await openShop()
  const devices = [rig.printer, rig.pinPad, rig.cardReader, rig.scanner]
  for (const device of devices) device.unplug()
  await cashier().until(
    ({ strip }) => strip.faults.filter((fault) => fault.key === 'gone').length === 4,
    'four devices gone',
  )
  for (const device of devices) device.plug()
  await cashier().until(({ strip }) => strip.faults.length === 0, 'four devices back')
  await cashier().ask('5')
  await present('tap', 'debit')
  expect(await cashier().page('result')).toMatchObject({ outcome: 'approved' })
  await until(rig.printer, () => rig.printer.papers().some((paper) => paper.cut))
})

test('five wrong operator PINs lock the number, also after a power cut', async () => {
  const shop = await openShop()
  shop.cashier().press('menu')
  await shop.cashier().page('menu')
  shop.cashier().option('signOut')
  await shop.cashier().page('signIn')
  for (let tries = 0; tries < 5; tries++) shop.cashier().tryPin('01', '999111')
  await shop.cashier().told('signIn.locked')
  await shop.powerCut()
  await shop.powerOn()
  await shop.cashier().page('signIn')
  shop.cashier().tryPin('01', OPERATOR.pin)
  await shop.cashier().told('signIn.locked')
  expect(shop.cashier().view().strip.operator).toBe('')
})
