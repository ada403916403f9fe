/** A shop that gets its terminal today: devices on their links, an acquirer, an empty folder, and somebody who presents a test card when asked. */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import { serialLink } from '#drivers/transport/serial-link.ts'
import type { Keyboard } from '#shell/commission/prompt.ts'
import { systemTree } from '#shell/devices/system-tree.ts'
import { systemClock } from '#shell/system-clock.ts'
import { createFileCalls } from '#shell/update/file-calls.ts'
import { registerSetup } from '../../../src/cli/setup/setup.ts'
import { openDevices } from '../../../src/devices.ts'
import { type Rig, startRig } from '../../rig/rig.ts'
import { fakeTree } from '../../shell/devices/fake-tree.ts'
import { type Ran, runCommand, typist } from '../off-terminal.ts'
import { ADMINISTRATOR, CASHIER, SUPERVISOR } from '../people.ts'

/** The rig's own test key. */
export const MASTER_KEY = '258FB0AB70D025CDB99DF2C4D302D646'

export type SetupShop = {
  readonly rig: Rig
  readonly folder: string
  readonly into: string
  /** Answers by dotted name. */
  readonly set: Readonly<Record<string, unknown>>
  /** Writes the answers, for whoever set them up alone to read. */
  readonly answers: (changes?: object, set?: object) => string
  /** Runs `suretill setup`; whenever a card is asked for, it is tapped, and a code is shown when one is. */
  readonly setup: (args: readonly string[], keyboard?: Typist) => Promise<Ran>
  /** What there is beside the folder for the terminal: nothing of an attempt may stay. */
  readonly beside: () => readonly string[]
}

type Typist = ReturnType<typeof typist>

export async function openSetupShop(): Promise<SetupShop> {
  const folder = mkdtempSync(join(tmpdir(), 'setup-'))
  const rig = await startRig({ folder, ports: { acquirer: 0, screens: 0 } })
  onTestFinished(async () => {
    await rig.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const dev = (name: string): string => join(folder, 'dev', name)
  const home = join(folder, 'place')
  const into = join(home, 'terminal')
  const set = {
    'merchant.name.zh-CN': '新店',
    'merchant.name.en': 'New Shop',
    'merchant.number': '898100012345678',
    'terminal.number': '10000001',
    'terminal.serial': 'ST0000000042',
    'acquirer.name': '银联',
    'acquirer.host': '127.0.0.1',
    'acquirer.port': rig.acquirer.port,
    'devices.printer': {
      model: 'escpos-serial',
      path: dev('printer'),
      baudRate: 115_200,
      columns: 32,
    },
    'devices.pinPad.path': dev('pin-pad'),
    'devices.cardReader': { model: 'neo2', path: dev('card-reader'), baudRate: 115_200 },
    'devices.qrScanner': {
      model: 'serial',
      path: dev('qr-scanner'),
      baudRate: 9600,
      suffix: '\r',
      trigger: 'honeywell',
    },
    'slips.tearTimeoutMs': 200,
    'codes.secondPhoneMs': 0,
  }
  const people = [
    { ...ADMINISTRATOR, role: 'administrator' },
    { ...SUPERVISOR, role: 'supervisor' },
    { ...CASHIER, role: 'cashier' },
  ]
  return {
    rig,
    folder,
    into,
    set,
    answers: (changes = {}, more = {}) => {
      const file = join(folder, 'answers.yaml')
      const keys = { how: 'demonstration', masterKey: MASTER_KEY }
      const all = { setup: 1, people, keys, set: { ...set, ...more }, ...changes }
      writeFileSync(file, stringify(all), { mode: 0o600 })
      return file
    },
    setup: (args, keyboard = typist()) =>
      runCommand(
        (program, io) =>
          registerSetup(program, {
            ...io,
            sharedConfig: 'config',
            locale: 'en',
            clock: systemClock,
            keyboard: withCustomer(keyboard, rig),
            patience: { deviceMs: 6000, scanMs: 6000, signOnMs: 6000 },
            tree: systemTree(fakeTree().root),
            running: {
              ...io,
              shipped: null,
              sharedConfig: 'config',
              buildFolder: folder,
              tillCable: serialLink,
              openDevices,
              startScreens: async () => ({ ok: false, sentence: 'no pages in a set-up' }),
              pid: process.pid,
              snapshot: null,
              serviceManager: () => {
                throw new Error('nobody watches a set-up')
              },
              ownFolder: folder,
              fileCalls: createFileCalls(),
              untilStopped: () => Promise.resolve('never'),
              leave: () => undefined,
            },
          }),
        ['setup', '--into', into, ...args],
      ),
    beside: () => {
      try {
        return readdirSync(home)
      } catch {
        // It was never made.
        return []
      }
    },
  }
}

/** Does what the technician is asked to do with card and code. */
function withCustomer(keyboard: Typist, rig: Rig): Keyboard {
  return {
    ...keyboard,
    write: (text) => {
      keyboard.write(text)
      if (text.startsWith('Drill: ')) whenLit(rig, () => rig.cardReader.tap('debit'))
      if (text.startsWith('Hold any code')) showCode(rig)
    },
  }
}

function whenLit({ cardReader }: Rig, act: () => void): void {
  let isDone = false
  const look = (): void => {
    if (isDone || !cardReader.state().lit) return
    isDone = true
    act()
  }
  cardReader.onChange(look)
  look()
}

function showCode(rig: Rig): void {
  if (!rig.phones.open('left', 'wechat')) throw new Error('no phone shows a code')
  rig.scanner.show(rig.phones.holdUp('left'))
}
