import { expect, test } from 'vitest'
import { devicesSection } from '#shell/config/sections/devices.ts'

const SERIAL = { path: '/dev/ttyUSB0', baudRate: 9600 }
const DEVICES = {
  printer: { model: 'escpos-serial', ...SERIAL, columns: 32 },
  pinPad: { model: 'visa2', ...SERIAL },
  cardReader: { model: 'neo2', ...SERIAL },
  qrScanner: { model: 'serial', ...SERIAL, suffix: '\r', trigger: 'none' },
}

/** The place of the first mistake, or empty when the section is right. */
function mistake(change: Partial<Record<keyof typeof DEVICES, unknown>>): string {
  const checked = devicesSection.safeParse({ ...DEVICES, ...change })
  return checked.success ? '' : (checked.error.issues[0]?.path.join('.') ?? 'the section')
}

test('each way to connect a printer has its own settings', () => {
  const right = [
    { model: 'escpos-serial', ...SERIAL, columns: 48 },
    { model: 'escpos-usb', vendor: '04b8', product: '0202', columns: 32 },
    { model: 'escpos-usblp', path: '/dev/usb/lp*', columns: 32 },
    { model: 'escpos-tcp', host: '192.168.8.20', port: 9100, columns: 48 },
  ]
  expect(right.map((printer) => mistake({ printer }))).toEqual(right.map(() => ''))
  expect(mistake({ printer: { model: 'escpos-tcp', path: '/dev/usb/lp0', columns: 48 } })).toBe(
    'printer.host',
  )
  expect(mistake({ printer: { model: 'escpos-usblp', path: '', columns: 32 } })).toBe(
    'printer.path',
  )
  expect(mistake({ printer: { model: 'laser', path: '/dev/usb/lp0', columns: 32 } })).toBe(
    'printer.model',
  )
})

test('the numbers of a USB device are written as lsusb prints them', () => {
  const scanner = { model: 'hid-pos', vendor: '0c2e', product: '0B61', trigger: 'honeywell' }
  const checked = devicesSection.parse({ ...DEVICES, qrScanner: scanner })
  expect(checked.qrScanner).toMatchObject({ vendor: 0x0c2e, product: 0x0b61 })

  expect(mistake({ cardReader: { model: 'neo2-hid', vendor: '0acd', product: '4450' } })).toBe('')
  expect(mistake({ qrScanner: { ...scanner, serial: 'SN1' } })).toBe('')
  expect(mistake({ qrScanner: { ...scanner, vendor: '0xc2e' } })).toBe('qrScanner.vendor')
  expect(mistake({ qrScanner: { ...scanner, vendor: 3118 } })).toBe('qrScanner.vendor')
})
