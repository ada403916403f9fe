import { describe, expect, test } from 'vitest'
import { CREATE_BYTES, createScanner, inputReport } from '../../scripts/rig-vm/uhid.ts'

describe('a HID device out of nothing', () => {
  test('is described in the one event of 4376 bytes that the kernel takes', () => {
    const event = createScanner(0x0c2e, 0x0b6a)
    expect([CREATE_BYTES, event.length]).toEqual([4376, 4376])
    // linux/uhid.h: type, name[128], phys[64], uniq[64], rd_size, bus, vendor, product, version, country, rd_data.
    expect(event.readUInt32LE(0)).toBe(11)
    expect(event.readUInt16LE(260)).toBe(30)
    expect(event.readUInt16LE(262)).toBe(3)
    expect([event.readUInt32LE(264), event.readUInt32LE(268)]).toEqual([0x0c2e, 0x0b6a])
    expect(event.toString('hex', 280, 284)).toBe('058c0902')
  })

  test('sends a report with its length before it', () => {
    expect(inputReport(Uint8Array.of(2, 7)).toString('hex')).toBe('0c00000002000207')
  })
})
