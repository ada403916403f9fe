/** Broken set-ups, each made broken in one way: the doctor names that one thing, and nothing else, in red. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { initialState } from '#core/terminal/recover.ts'
import { loadKnownDevices } from '#shell/devices/known-devices.ts'
import { systemTree } from '#shell/devices/system-tree.ts'
import { udevRules } from '#shell/devices/udev-rules.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { RESERVE_BYTES } from '#shell/journal/reserve.ts'
import { createAuthority } from '../../rig/certificates.ts'
import { openPty } from '../../rig/sim/pty.ts'
import { startTlsHost } from '../../shell/acquirer/tls-host.ts'
import { fakeTree } from '../../shell/devices/fake-tree.ts'
import { openBench, red } from './doctor-bench.ts'

const OTHER_MASTER_KEY = '11111111111111112222222222222222'
/** Drivers wait for devices that do not answer, and the ports are then asked in every protocol. */
const SLOW_MS = 60_000

test(
  'a sound set-up is green, the sign-on is made, and nothing is charged',
  async () => {
    const { doctor, rig, text } = await openBench()
    const report = await doctor()
    expect(red(report)).toEqual([])
    expect(report).toMatchObject({ ok: true, exitCode: 0 })
    expect(report.findings.map(({ code }) => code)).toContain('talk.signedOn')
    expect(rig.acquirer.held('10000001')).toBe(0)
    expect(await text()).toContain('This check sent no payment and charged nobody.')
    expect(await text(['--lang', 'zh-CN'])).toContain('未扣任何款')
  },
  SLOW_MS,
)

test(
  'wrong port: the name of the PIN pad leads nowhere',
  async () => {
    const { config, doctor, folder } = await openBench()
    config({ 'devices.pinPad.path': join(folder, 'dev', 'no-such-port') })
    const report = await doctor()
    expect(red(report)).toEqual(['device.missing'])
    expect(report.exitCode).toBe(1)
  },
  SLOW_MS,
)

test(
  'swapped devices: each is told by what it answers',
  async () => {
    const { config, doctor, rig } = await openBench()
    config({ 'devices.pinPad.path': rig.printer.path, 'devices.printer.path': rig.pinPad.path })
    const report = await doctor()
    expect(red(report)).toEqual(['device.swapped', 'device.swapped'])
    expect(report.findings.find(({ code }) => code === 'device.swapped')?.what).toContain(
      'there is a PIN pad and not the receipt printer',
    )
  },
  SLOW_MS,
)

test(
  'no keys: the terminal cannot sign on before a master key is loaded',
  async () => {
    const { doctor, rig } = await openBench()
    const file = join(rig.configFolder, 'terminal.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^ +masterKey:.*$/m, ''))
    expect(red(await doctor())).toEqual(['keys.noMaster'])
  },
  SLOW_MS,
)

test(
  'wrong master key: the check values of the keys that the host sends do not fit',
  async () => {
    const { config, doctor } = await openBench()
    config({ 'acquirer.masterKey': OTHER_MASTER_KEY })
    expect(red(await doctor())).toEqual(['keys.masterDiffers'])
  },
  SLOW_MS,
)

test(
  'host unreachable: the line is red and the keys are not blamed',
  async () => {
    const { doctor, rig } = await openBench()
    await rig.acquirer.setReachable(false)
    expect(red(await doctor())).toEqual(['host.unreachable'])
  },
  SLOW_MS,
)

test(
  'wrong dialect: the host takes the connection and nothing sensible comes back',
  async () => {
    const { config, doctor } = await openBench()
    config({ 'acquirer.dialect': 'iso87-ascii', 'acquirer.replyTimeoutMs': 500 })
    const [only, ...others] = red(await doctor())
    expect(only).toMatch(/^talk\.(silent|otherLanguage|notWritten)$/)
    expect(others).toEqual([])
  },
  SLOW_MS,
)

test(
  'full disk: what is left is named in megabytes',
  async () => {
    const { doctor } = await openBench()
    const report = await doctor([], { freeBytes: () => 3_500_000 })
    expect(red(report)).toEqual(['disk.full'])
    expect(report.findings.find(({ code }) => code === 'disk.full')?.params).toEqual({
      megabytes: 3,
    })
  },
  SLOW_MS,
)

test(
  'the clock says 1970',
  async () => {
    const { doctor } = await openBench()
    expect(red(await doctor([], { wallMs: 86_400_000 }))).toEqual(['clock.ancient'])
  },
  SLOW_MS,
)

test(
  'no paper: the printer itself says so, and the acquirer is not blamed',
  async () => {
    const { doctor, rig } = await openBench()
    rig.printer.setPaper('out')
    expect(red(await doctor())).toEqual(['paper.out'])
  },
  SLOW_MS,
)

test(
  'missing udev rule: the device is there, its name is not, and the line to write is told',
  async () => {
    const { config, doctor } = await openBench()
    config({ 'devices.qrScanner.path': '/dev/pos/no-such-name' })
    const tree = fakeTree()
    tree.serial('ttyACM0', { port: '1-1.2', vendor: '1eab', product: '0106' }, 'cdc_acm')
    const report = await doctor([], { tree: systemTree(tree.root) })
    expect(red(report)).toEqual(['device.ruleMissing'])
    const told = report.findings.find(({ code }) => code === 'device.ruleMissing')
    expect(told?.now).toContain('SYMLINK+="pos/qr-scanner"')
  },
  SLOW_MS,
)

test('installed udev rules are found wherever an installation puts them', async () => {
  const { doctor } = await openBench()
  const table = loadKnownDevices('config/devices/known.yaml')
  const tree = fakeTree()
  const names = async (): Promise<string[]> =>
    (await doctor(['--offline'], { tree: systemTree(tree.root) })).findings
      .filter(({ check }) => check === 'names')
      .map(({ code }) => code)
  expect(await names()).toEqual(['names.noRules'])
  const rules = table.ok ? udevRules(table.devices) : ''
  tree.rules('/usr/local/lib/udev/rules.d/70-suretill.rules', rules)
  expect(await names()).toEqual(['names.rules'])
})

test(
  'expired certificate of the host: the date is blamed, and not a byte of a sign-on leaves',
  async () => {
    const { config, doctor, folder, rig } = await openBench()
    const authority = createAuthority(folder, 'acquirer')
    writeFileSync(join(rig.configFolder, 'ca.pem'), authority.certificate)
    const { certificate, key } = authority.issue('pos.example', -1)
    const host = await startTlsHost({ cert: certificate, key }, rig.acquirer.port)
    config({
      'acquirer.tls': { ca: 'ca.pem', serverName: 'pos.example' },
      'acquirer.port': host.port,
    })
    expect(red(await doctor())).toEqual(['certificate.hostExpired'])
    expect(host.received()).toHaveLength(0)
  },
  SLOW_MS,
)

test(
  'expired certificate of the terminal: it is named before the host refuses it',
  async () => {
    const { config, doctor, folder, rig } = await openBench()
    const authority = createAuthority(folder, 'acquirer')
    const ours = authority.issue('terminal', -1)
    const files = {
      'ca.pem': authority.certificate,
      'own.pem': ours.certificate,
      'own.key': ours.key,
    }
    for (const [name, pem] of Object.entries(files))
      writeFileSync(join(rig.configFolder, name), pem)
    const client = { certificate: 'own.pem', key: 'own.key' }
    config({ 'acquirer.tls': { ca: 'ca.pem', serverName: 'pos.example', client } })
    expect(red(await doctor(['--offline']))).toEqual(['certificate.expired'])
  },
  SLOW_MS,
)

test(
  'paper sensor stuck: an end of paper without a near end before it is doubted',
  async () => {
    const { config, doctor, folder } = await openBench()
    const path = stuckPrinter(join(folder, 'dev', 'stuck'))
    config({ 'devices.printer.path': path })
    expect(red(await doctor(['--offline']))).toEqual(['paper.sensorDoubtful'])
  },
  SLOW_MS,
)

test(
  'a box that was moved away: it is told, and nobody signs on with the number that another box has now',
  async () => {
    const { data, doctor, rig } = await openBench()
    mkdirSync(data)
    const moved = { state: 'moved', at: '2026-06-01', who: 'Wang', seq: 7 }
    writeFileSync(join(data, 'retired.json'), JSON.stringify(moved))
    const report = await doctor()
    expect(red(report)).toEqual(['terminal.retired'])
    expect(report.findings.map(({ code }) => code)).not.toContain('talk.signedOn')
    expect(rig.acquirer.state().messages).toEqual([])
  },
  SLOW_MS,
)

test('a configuration that cannot be used is the one red thing, its place is named in both languages, and nothing else is tried', async () => {
  const { config, doctor, rig, text } = await openBench()
  const file = join(rig.configFolder, 'terminal.yaml')
  const whole = readFileSync(file, 'utf8')
  config({ 'terminal.number': '1' })
  const report = await doctor()
  expect(red(report)).toEqual(['configuration.wrong'])
  expect(report.findings).toHaveLength(1)
  expect(report.findings[0]?.what).toContain('terminal.number')
  const zh = await text(['--lang', 'zh-CN'])
  expect(zh).toContain('terminal.number 不可用：须为 8 位字母或数字并加引号（DE 41）')
  expect(zh).not.toMatch(/cannot|wrong|started|expected/)
  for (const [broken, code] of [
    [whole.replace(/^ +serial:.*$/m, ''), 'absent'],
    [`${whole}\ncolour: red\n`, 'unknown'],
    [whole.replace(/^merchant:/m, 'merchant: no:'), 'notYaml'],
  ] as const) {
    writeFileSync(file, broken)
    expect(red(await doctor())).toEqual([`configuration.${code}`])
  }
  rmSync(file)
  expect(red(await doctor())).toEqual(['configuration.missing'])
})

test(
  'a file that is no journal is named, and the file is left as it is',
  async () => {
    const { data, doctor } = await openBench()
    await doctor(['--offline'])
    const file = join(data, 'journal.db')
    writeFileSync(file, 'this is not a journal at all, but it lies where one should be')
    expect(red(await doctor(['--offline']))).toEqual(['disk.noReserve', 'journal.damaged'])
    expect(readFileSync(file, 'utf8')).toContain('not a journal')
  },
  SLOW_MS,
)

test('a journal on which no terminal starts is red, with the command that brings the backup back', async () => {
  const { data, doctor } = await openBench()
  const look = (): ReturnType<typeof doctor> => doctor(['--offline'])
  await look()
  const file = join(data, 'journal.db')
  writeFileSync(join(data, 'journal.reserve'), Buffer.alloc(RESERVE_BYTES))
  const mark = (seq: number, head: string): void => {
    const counters = { stan: 1, batch: 1, order: 1, job: 1, read: 1 }
    writeFileSync(join(data, 'journal.mark'), JSON.stringify({ seq, head, counters, at: 1 }))
  }
  mark(2, '00')
  const gone = await look()
  expect(red(gone)).toEqual(['journal.gone'])
  expect(gone.findings.find(({ code }) => code === 'journal.gone')?.now).toContain(
    `suretill restore --data ${data} --from FILE --key-file KEY`,
  )
  const opened = openJournal(file)
  if (!opened.ok) throw new Error(opened.why)
  const event = { type: 'keyPressed', page: 'amount#1', key: '5', at: 1 } as const
  const entries = [{ event, effects: [], refused: null }]
  opened.journal.commit({ entries, state: initialState(), sealed: [] })
  opened.journal.close()
  expect(red(await look())).toEqual(['journal.behind'])
  mark(1, 'ff'.repeat(32))
  expect(red(await look())).toEqual(['journal.notThis'])
  rmSync(join(data, 'journal.mark'))
  expect(red(await look())).toEqual([])
  const db = new DatabaseSync(file)
  db.exec('PRAGMA user_version = 99')
  db.close()
  expect(red(await look())).toEqual(['journal.newer'])
}, 60_000)

test('keys that do not open under the key of this box, and a torn device key, are told as what they are', async () => {
  const { data, doctor, rig } = await openBench()
  const look = (): ReturnType<typeof doctor> => doctor(['--offline'])
  await look()
  const yaml = join(rig.configFolder, 'terminal.yaml')
  writeFileSync(yaml, readFileSync(yaml, 'utf8').replace(/^ +masterKey:.*$/m, ''))
  expect(red(await look())).toEqual([])
  writeFileSync(join(data, 'device.key'), Buffer.alloc(32, 7))
  const other = await look()
  expect(red(other)).toEqual(['keys.unopened'])
  expect(other.findings.find(({ code }) => code === 'keys.unopened')?.now).toContain(
    `suretill keys load-components --config ${rig.configFolder} --data ${data}`,
  )
  writeFileSync(join(data, 'device.key'), 'short')
  expect(red(await look())).toEqual(['keys.deviceKey'])
}, 60_000)

/** Answers DLE EOT 1 to 4: off line for want of paper, at an end that no near end came before. */
const STUCK_ANSWERS: Readonly<Record<number, number>> = { 1: 0x1a, 2: 0x32, 3: 0x12, 4: 0x72 }

function stuckPrinter(path: string): string {
  const pty = openPty({ path })
  onTestFinished(() => pty.stop())
  pty.onBytes((bytes) => {
    for (let at = 0; at + 2 < bytes.length; at++) {
      const isQuestion = bytes[at] === 0x10 && bytes[at + 1] === 0x04
      const answer = isQuestion ? STUCK_ANSWERS[bytes[at + 2] ?? 0] : undefined
      if (answer !== undefined) pty.write(Uint8Array.of(answer))
    }
  })
  return path
}
