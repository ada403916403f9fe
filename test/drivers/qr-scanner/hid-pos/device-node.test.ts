/** The driver on the real HID library and a device node made by umockdev: descriptor, numbers and reports go the whole way. */
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { hidNode, type Turn } from '../../../rig/sim/hid/umockdev.ts'
import { temporaryPath } from '../../transport/cable.ts'
import { onMadeDevices } from '../../umockdev-run.ts'

const PROGRAM = new URL('at-node.ts', import.meta.url)
const VENDOR = 0x0c2e
const PRODUCT = 0x0b61

/** Usage page 0x8C, bar code scanner, 63 bytes of input in report 2 and of output in report FD. */
const SCANNER = Buffer.from('058c0902a10185020912150026ff007508953f810285fd0900953f9102c0', 'hex')
/** The boot keyboard of the HID specification, appendix B. */
const KEYBOARD = Buffer.from(
  '05010906a101050719e029e71500250175019508810295017508810395057501050819012905910295017503910395067508150025650507190029658100c0',
  'hex',
)

/** Honeywell's trigger command in its HID report. */
const TRIGGER = Buffer.alloc(64)
TRIGGER.set([0xfd, 0x03, 0x16, 0x54, 0x0d])

async function heard(
  dialogue: readonly Turn[],
  reportDescriptor: Uint8Array = SCANNER,
): Promise<unknown[]> {
  const folder = dirname(temporaryPath('files'))
  const node = hidNode({
    folder,
    vendorId: VENDOR,
    productId: PRODUCT,
    serialNumber: 'SN1',
    product: 'Rig Scanner',
    reportDescriptor,
    dialogue,
  })
  const stdout = await onMadeDevices(node, [PROGRAM, String(VENDOR), String(PRODUCT)])
  return stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

function report(data: string, moreFollows: boolean): Buffer {
  const bytes = Buffer.alloc(64)
  bytes.set([0x02, data.length])
  bytes.write(`]Q1${data}`, 2)
  bytes[63] = moreFollows ? 1 : 0
  return bytes
}

test('a code in two reports arrives through device node and HID library as one', async () => {
  const first = '6'.repeat(56)
  const lines = await heard([
    // The dialogue starts before the program: nothing is read until it has opened the node and triggered.
    { kind: 'written', bytes: TRIGGER },
    { kind: 'read', afterMs: 100, bytes: report(first, true) },
    // The made node is a stream: reports that come close together reach a busy reader as one, which a real node never does.
    { kind: 'read', afterMs: 600, bytes: report('2345', false) },
  ])

  expect(lines.slice(0, 4)).toEqual([
    { troubles: ['gone'], identity: '0c2e:0b61 Rig Scanner SN1' },
    { troubles: [], identity: '0c2e:0b61 Rig Scanner SN1' },
    { symbology: ']Q1', text: `${first}2345` },
    { counts: { dropped: 0, others: 0 } },
  ])
})

test('the trigger report reaches the device node byte for byte, and only then the code comes', async () => {
  const lines = await heard([
    { kind: 'written', bytes: TRIGGER },
    { kind: 'read', afterMs: 100, bytes: report('280000000000000017', false) },
  ])

  expect(lines).toContainEqual({ symbology: ']Q1', text: '280000000000000017' })
})

test('a scanner whose descriptor says keyboard is refused by what it says of itself', async () => {
  const lines = await heard([], KEYBOARD)

  expect(lines).toContainEqual({
    troubles: ['wrongDevice'],
    identity: '0c2e:0b61 Rig Scanner SN1, a keyboard (usage page 1, usage 6)',
  })
  expect(lines).not.toContainEqual(expect.objectContaining({ text: expect.anything() }))
})
