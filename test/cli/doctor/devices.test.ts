/** What a technician reads when he plugs something in, on trees laid out like /sys and /dev. */
import { Command, CommanderError } from 'commander'
import { expect, test } from 'vitest'
import { registerDevices } from '../../../src/cli/doctor/devices.ts'
import type { Answered } from '../../../src/cli/doctor/devices-text.ts'
import { type FakeTree, fakeTree } from '../../shell/devices/fake-tree.ts'

const NEWLAND = { port: '1-1.2', vendor: '1eab', product: '0106', serial: 'NL0042' }
const CH340 = { port: '1-1.4', vendor: '1a86', product: '7523', productName: 'USB Serial' }
const HID_POS = [0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x85, 0x02, 0xc0]

async function devices(
  tree: FakeTree | null,
  args: readonly string[] = [],
  probe: (path: string) => Promise<Answered | null> = () =>
    Promise.reject(new Error('a port was opened')),
): Promise<{ code: number; out: string[] }> {
  const out: string[] = []
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  const io = { out: (line: string) => out.push(line), err: () => {}, sharedConfig: 'config' }
  registerDevices(program, { ...io, locale: 'en', pid: 1, probe })
  const root = tree === null ? [] : ['--root', tree.root]
  try {
    await program.parseAsync(['devices', ...root, ...args], { from: 'user' })
    return { code: 0, out }
  } catch (cause) {
    if (cause instanceof CommanderError) return { code: cause.exitCode, out }
    throw cause
  }
}

const asJson = async (tree: FakeTree): Promise<unknown> =>
  JSON.parse((await devices(tree, ['--json'])).out.join(''))

test('a known scanner on USB serial is named, with the rule and the line that make it work', async () => {
  const tree = fakeTree()
  tree.serial('ttyACM0', NEWLAND, 'cdc_acm')
  expect(await asJson(tree)).toMatchObject({
    devices: [
      {
        wears: 'serial',
        node: '/dev/ttyACM0',
        kernelDriver: 'cdc_acm',
        is: 'qrScanner',
        name: 'Newland HR200',
        model: 'serial',
        udevRule:
          'SUBSYSTEM=="tty", ATTRS{idVendor}=="1eab", ATTRS{idProduct}=="0106", ATTRS{serial}=="NL0042", ' +
          'SYMLINK+="pos/qr-scanner", GROUP="pos", MODE="0660", ENV{ID_MM_PORT_IGNORE}="1"',
        terminalLine:
          'qrScanner: { model: serial, path: /dev/pos/qr-scanner, baudRate: 9600, suffix: "\\r", trigger: "newland" }',
      },
    ],
  })
})

test('a name that is there already is used in the line', async () => {
  const tree = fakeTree()
  tree.serial('ttyACM0', NEWLAND, 'cdc_acm')
  tree.name('/dev/serial/by-id/usb-Newland_NL0042-if00', '../../ttyACM0')
  tree.name('/dev/serial/by-path/pci-usb-0:1.2:1.0', '../../ttyACM0')
  expect(await asJson(tree)).toMatchObject({
    devices: [
      {
        steadyName: '/dev/serial/by-id/usb-Newland_NL0042-if00',
        terminalLine: expect.stringContaining('path: /dev/serial/by-id/usb-Newland_NL0042-if00,'),
      },
    ],
  })
})

test('a converter says that what hangs behind it cannot be seen', async () => {
  const tree = fakeTree()
  tree.serial('ttyUSB0', { ...CH340, vendor: '0403', product: '6001' }, 'ftdi_sio')
  const { out } = await devices(tree)
  expect(out.join('\n')).toContain('serial converter: FTDI FT232')
  expect(out.join('\n')).toContain('run this again with --probe')
})

test('a scanner that types like a keyboard is found, and the way out is told in both languages', async () => {
  const tree = fakeTree()
  tree.keyboard('event4', { ...NEWLAND, product: '0103' })
  expect((await devices(tree)).out.join('\n')).toContain("Scan the maker's barcode for USB serial")
  const chinese = (await devices(tree, ['--lang', 'zh-CN'])).out.join('\n')
  expect(chinese).toContain('改为 USB 串口（CDC）方式')
  expect(chinese).toContain('/dev/input/event4')
})

test('a HID scanner is told by its usage page, not by its name', async () => {
  const tree = fakeTree()
  tree.hid('hidraw0', { port: '2-1', vendor: 'dead', product: 'beef' }, HID_POS)
  expect(await asJson(tree)).toMatchObject({
    devices: [{ wears: 'hidPos', is: null, hidUsage: { page: 0x8c, usage: 2 } }],
  })
})

test('a USB printer with a node, and one that no kernel driver took, are both listed', async () => {
  const tree = fakeTree()
  const epson = { vendor: '04b8', product: '0e03', interfaceClass: '07' }
  tree.usbPrinter('lp0', { ...epson, port: '1-2' })
  tree.usb({ ...epson, port: '1-3' })
  expect(await asJson(tree)).toMatchObject({
    devices: [
      { wears: 'usbPrinter', node: '/dev/usb/lp0', is: 'printer', name: 'Epson TM-T20' },
      { wears: 'usbOnly', node: null, kernelDriver: 'usb printer class without usblp' },
    ],
  })
})

test('a serial number that could break out of a rule is not put into one', async () => {
  const tree = fakeTree()
  tree.serial('ttyACM0', { ...NEWLAND, serial: '1", RUN+="/bin/sh' }, 'cdc_acm')
  const text = JSON.stringify(await asJson(tree))
  expect(text).toContain(String.raw`KERNELS==\"1-1.2\"`)
  expect(text).not.toContain(String.raw`ATTRS{serial}==`)
})

test('with --probe a free port is asked, and a port that somebody holds is not', async () => {
  const tree = fakeTree()
  tree.serial('ttyUSB0', CH340, 'ch341')
  tree.serial('ttyUSB1', { ...CH340, port: '1-1.5' }, 'ch341')
  tree.process(4711, 'node', ['/dev/ttyUSB0'])
  const asked: string[] = []
  const { out } = await devices(tree, ['--probe'], (path) => {
    asked.push(path)
    return Promise.resolve({ as: 'pinPad', identity: 'VISA-II 0042' })
  })
  expect(asked).toEqual([`${tree.root}/dev/ttyUSB1`])
  expect(out.join('\n')).toContain('In use by: node (4711)')
  expect(out.join('\n')).toContain('Answered as: PIN pad VISA-II 0042')
})

test('a soldered port keeps its own name, and nobody guesses what hangs on it', async () => {
  const tree = fakeTree()
  tree.soldered('ttyS0', '4')
  tree.soldered('ttyS1', '0')
  const { out } = await devices(tree)
  expect(out.join('\n')).toContain('What: serial port of this machine')
  expect(out.join('\n')).toContain('Name that stays: /dev/ttyS0')
  expect(out.join('\n')).not.toContain('ttyS1')
})

test('nothing plugged in is said in a sentence', async () => {
  expect((await devices(fakeTree())).out).toEqual([expect.stringContaining('Check cables')])
})
