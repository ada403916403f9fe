/** Twelve ways in which a terminal is broken in the field, each made for real, and what the doctor must name in red. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createAuthority } from '../../rig/certificates.ts'
import { openPty } from '../../rig/sim/pty.ts'
import { changingWire, tlsDoor } from './host-wires.ts'
import { inClockOf1970, onFullDisk, withScannerPluggedIn } from './surroundings.ts'
import type { Surroundings, Workbench } from './workbench.ts'

export type BrokenCase = {
  readonly title: { readonly en: string; readonly 'zh-CN': string }
  /** Codes of the red findings, in the order of the report. */
  readonly red: readonly string[]
  /** Options of the doctor that this one needs. */
  readonly args?: readonly string[]
  readonly breakIt: (bench: Workbench) => Promise<Surroundings> | Surroundings
}

const AS_IT_IS: Surroundings = {}

export const BROKEN_CASES: readonly BrokenCase[] = [
  {
    title: { en: 'wrong port', 'zh-CN': '端口写错' },
    red: ['device.missing'],
    breakIt: ({ config, folder }) => {
      config({ 'devices.pinPad.path': join(folder, 'dev', 'no-such-port') })
      return AS_IT_IS
    },
  },
  {
    title: { en: 'swapped devices', 'zh-CN': '设备插反' },
    red: ['device.swapped', 'device.swapped'],
    breakIt: ({ config, rig }) => {
      config({ 'devices.pinPad.path': rig.printer.path, 'devices.printer.path': rig.pinPad.path })
      return AS_IT_IS
    },
  },
  {
    title: { en: 'no keys', 'zh-CN': '没有密钥' },
    red: ['keys.noMaster'],
    breakIt: ({ rig }) => {
      const file = join(rig.configFolder, 'terminal.yaml')
      writeFileSync(file, readFileSync(file, 'utf8').replace(/^ +masterKey:.*$/m, ''))
      return AS_IT_IS
    },
  },
  {
    title: { en: 'wrong MAC key', 'zh-CN': 'MAC 密钥错误' },
    red: ['keys.macDiffers'],
    breakIt: async ({ afterwards, config, rig }) => {
      const wire = await changingWire(rig.acquirer.port, spoilMacKey)
      afterwards(wire.close)
      config({ 'acquirer.port': wire.port })
      return AS_IT_IS
    },
  },
  {
    title: { en: 'expired certificate', 'zh-CN': '证书过期' },
    red: ['certificate.hostExpired'],
    breakIt: async ({ afterwards, config, folder, rig }) => {
      const authority = createAuthority(folder, 'acquirer')
      writeFileSync(join(rig.configFolder, 'ca.pem'), authority.certificate)
      const door = await tlsDoor(rig.acquirer.port, authority.issue('pos.example', -1))
      afterwards(door.close)
      config({ 'acquirer.tls': { ca: 'ca.pem', serverName: 'pos.example' } })
      config({ 'acquirer.port': door.port })
      return AS_IT_IS
    },
  },
  {
    title: { en: 'full disk', 'zh-CN': '磁盘已满' },
    red: ['disk.full'],
    breakIt: async ({ data, hasWorked }) => {
      await hasWorked()
      return onFullDisk(data)
    },
  },
  {
    title: { en: 'clock in 1970', 'zh-CN': '时钟停在 1970 年' },
    red: ['clock.ancient'],
    breakIt: inClockOf1970,
  },
  {
    title: { en: 'damaged journal tail', 'zh-CN': '流水末尾损坏' },
    red: ['journal.damaged'],
    breakIt: async ({ data, hasWorked }) => {
      await hasWorked()
      damageLastEvent(join(data, 'journal.db'))
      return AS_IT_IS
    },
  },
  {
    title: { en: 'missing udev rule', 'zh-CN': '缺少 udev 规则' },
    red: ['device.ruleMissing'],
    breakIt: ({ config, folder }) => {
      config({ 'devices.qrScanner.path': '/dev/pos/qr-scanner' })
      return withScannerPluggedIn(folder)
    },
  },
  {
    title: { en: 'paper sensor stuck', 'zh-CN': '纸张传感器卡死' },
    red: ['paper.sensorDoubtful'],
    breakIt: ({ afterwards, config, folder }) => {
      const stuck = stuckPrinter(join(folder, 'dev', 'stuck-printer'))
      afterwards(stuck.stop)
      config({ 'devices.printer.path': stuck.path })
      return AS_IT_IS
    },
  },
  {
    title: { en: 'host unreachable', 'zh-CN': '主机不可达' },
    red: ['host.unreachable'],
    breakIt: async ({ rig }) => {
      await rig.acquirer.setReachable(false)
      return AS_IT_IS
    },
  },
  {
    title: { en: 'wrong dialect switch', 'zh-CN': '报文方言选错' },
    red: ['talk.wrongDialect'],
    args: ['--try-dialects'],
    breakIt: ({ config }) => {
      config({ 'acquirer.dialect': 'iso87-ascii', 'acquirer.replyTimeoutMs': 1000 })
      return AS_IT_IS
    },
  },
]

/** A sign-on answer ends with DE 62: PIN key and check value, MAC key and check value, 16 and 4 bytes each. */
const MAC_KEY_FROM_END = 20
const SIGN_ON_ANSWER = Buffer.from('0810', 'hex')
const MTI_BEHIND = 2 + 5 + 6

function spoilMacKey(answer: Buffer): Buffer {
  const isSignOn = answer.subarray(MTI_BEHIND, MTI_BEHIND + 2).equals(SIGN_ON_ANSWER)
  const at = answer.length - MAC_KEY_FROM_END
  // A change of the parity bit alone would be no change of a DES key.
  if (isSignOn) answer.writeUInt8(answer.readUInt8(at) ^ 0xf0, at)
  return answer
}

/** One bit of the last event, in the raw file, as a bad cell of a flash disk flips it. */
function damageLastEvent(file: string): void {
  const db = new DatabaseSync(file)
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  const hash = db.prepare('SELECT hash FROM event ORDER BY seq DESC LIMIT 1').get()?.['hash']
  db.close()
  if (!(hash instanceof Uint8Array)) throw new Error('no event in the journal')
  const bytes = readFileSync(file)
  const at = bytes.indexOf(hash)
  if (at < 0) throw new Error('the last event is not in the file')
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0x01, at)
  writeFileSync(file, bytes)
}

/** Answers DLE EOT 1 to 4: off line for want of paper, at an end that no near end came before. */
const STUCK_ANSWERS: Readonly<Record<number, number>> = { 1: 0x1a, 2: 0x32, 3: 0x12, 4: 0x72 }

function stuckPrinter(path: string): { readonly path: string; readonly stop: () => void } {
  const pty = openPty({ path })
  pty.onBytes((bytes) => {
    for (let at = 0; at + 2 < bytes.length; at++) {
      const isQuestion = bytes[at] === 0x10 && bytes[at + 1] === 0x04
      const answer = isQuestion ? STUCK_ANSWERS[bytes[at + 2] ?? 0] : undefined
      if (answer !== undefined) pty.write(Uint8Array.of(answer))
    }
  })
  return { path, stop: () => pty.stop() }
}
