import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CODE_LIMIT, createScanFramer } from '#drivers/qr-scanner/serial/frame.ts'

const CR = Uint8Array.of(0x0d)

function framer(suffix = CR): ReturnType<typeof createScanFramer> {
  return createScanFramer({ suffix, answersCommands: false })
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

test('codes come out whole however the line cuts them', () => {
  const code = fc
    .uint8Array({ minLength: 1, maxLength: 60 })
    .filter((all) => !all.includes(0x0d) && all[0] !== 0x5d)
  fc.assert(
    fc.property(
      fc.array(code, { minLength: 1, maxLength: 5 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 7 })),
      (codes, cuts) => {
        const scan = framer()
        const line = Uint8Array.from(codes.flatMap((each) => [...each, 0x0d]))
        const found: number[][] = []
        for (let at = 0; at < line.length; ) {
          const size = cuts.next().value ?? 1
          for (const reading of scan.push(line.subarray(at, at + size), true))
            found.push([...reading.bytes])
          at += size
        }
        expect(found).toEqual(codes.map((each) => [...each]))
      },
    ),
  )
})

test('a code that began before it was wanted is dropped even when it ends afterwards', () => {
  const scan = framer()
  expect(scan.push(bytes('2800000'), false)).toEqual([])
  expect(scan.push(bytes('00000\r'), true)).toEqual([])
  expect(scan.push(bytes('OK\r'), true)).toHaveLength(1)
})

test('a code longer than any QR code is dropped, and the one after it is read', () => {
  const scan = framer()
  expect(scan.push(new Uint8Array(CODE_LIMIT * 3).fill(0x41), true)).toEqual([])
  expect(scan.push(CR, true)).toEqual([])
  expect(scan.spoilt).toBe(1)
  expect(scan.push(bytes('OK\r'), true)).toHaveLength(1)
  expect(scan.spoilt).toBe(0)
})

test('the longest code still fits', () => {
  const [reading] = framer().push(
    Uint8Array.of(...new Uint8Array(CODE_LIMIT).fill(0x41), 0x0d),
    true,
  )
  expect(reading?.bytes.length).toBe(CODE_LIMIT)
})

test('a suffix of two bytes may arrive in two pieces', () => {
  const scan = framer(Uint8Array.of(0x0d, 0x0a))
  expect(scan.push(bytes('A\rB\r'), true)).toEqual([])
  const [reading] = scan.push(bytes('\n'), true)
  expect(new TextDecoder().decode(reading?.bytes)).toBe('A\rB')
})

test("a scanner's answer to a command is not a code", () => {
  const scan = createScanFramer({ suffix: CR, answersCommands: true })
  const [reading] = scan.push(bytes('\u0002\u00010000@SCNTRG1\u0006;\u0003]C0123456\r'), true)
  expect(reading?.symbology).toBe(']C0')
  expect(new TextDecoder().decode(reading?.bytes)).toBe('123456')
})
