import fc from 'fast-check'
import receiptline from 'receiptline'
import { expect, test } from 'vitest'
import { createFeed, type Feed } from './feed.ts'

type Bench = {
  readonly feed: Feed
  readonly answered: number[]
  print: (...parts: (string | number[])[]) => void
}

function bench(): Bench {
  const answered: number[] = []
  const feed = createFeed({
    dots: 384,
    linesPerSecond: null,
    send: (bytes) => void answered.push(...bytes),
    changed() {},
  })
  return {
    feed,
    answered,
    print(...parts) {
      for (const part of parts)
        feed.receive(typeof part === 'string' ? Buffer.from(part, 'latin1') : Uint8Array.from(part))
    },
  }
}

const ESC = 0x1b
const FS = 0x1c
const GS = 0x1d
const DLE = 0x10

/** What the paper says after these bytes, and that everything was understood. */
function printed(...parts: (string | number[])[]): string {
  const { feed, print } = bench()
  print(...parts)
  expect(feed.state().complaints).toEqual([])
  return feed.papers().at(-1)?.text ?? ''
}

function drawn(...parts: (string | number[])[]): string {
  const { feed, print } = bench()
  print(...parts)
  expect(feed.state().complaints).toEqual([])
  return feed.papers().at(-1)?.svg ?? ''
}

test('plain text fills the line and wraps at 32 characters', () => {
  expect(printed(`${'x'.repeat(32)}tail\n`)).toBe(`${'x'.repeat(32)}\ntail`)
})

test('Chinese text takes two cells a character: sixteen fill a line', () => {
  const character = [0xce, 0xc8]
  expect(printed([FS, 0x26], Array(17).fill(character).flat(), '\n')).toBe(`${'稳'.repeat(16)}\n稳`)
})

test('with the Chinese mode off the same bytes are not Chinese', () => {
  expect(printed([FS, 0x2e], [0xce, 0xc8], '\n')).toBe('╬╚')
})

test('a four-byte character prints a blot and is complained about', () => {
  const { feed, print } = bench()
  print([0x81, 0x30, 0x84, 0x36], '\n')
  expect(feed.papers()[0]?.text).toBe('〓')
  expect(feed.state().complaints).toEqual(['a four-byte character, which the font does not have'])
})

test('alignment moves the line to the middle and to the right', () => {
  expect(printed([ESC, 0x61, 1], 'ab\n', [ESC, 0x61, 2], 'ab\n', [ESC, 0x61, 0], 'ab\n')).toBe(
    `${' '.repeat(15)}ab\n${' '.repeat(30)}ab\nab`,
  )
})

test('absolute and relative positions place columns', () => {
  expect(printed('a', [ESC, 0x24, 120, 0], 'b', [ESC, 0x5c, 24, 0], 'c\n')).toBe('a         b  c')
  expect(printed('abc', [ESC, 0x5c, 0xf4, 0xff], 'd\n')).toHaveLength(4)
})

test('left margin and print area narrow the line', () => {
  expect(printed([GS, 0x4c, 24, 0, GS, 0x57, 48, 0], 'abcdef\n')).toBe('  abcd\n  ef')
})

for (const [name, bytes, shows] of [
  ['GS !', [GS, 0x21, 0x11], 'scale(2,2)'],
  ['ESC ! wide', [ESC, 0x21, 0x20], 'scale(2,1)'],
  ['FS W', [FS, 0x57, 1], 'scale(2,2)'],
  ['FS !', [FS, 0x21, 0x08], 'scale(1,2)'],
  ['ESC E', [ESC, 0x45, 1], 'font-weight="700"'],
  ['GS B', [GS, 0x42, 1], '<rect'],
  ['ESC -', [ESC, 0x2d, 2], 'height="2"'],
  ['FS -', [FS, 0x2d, 1], 'height="1"'],
] as const)
  test(`${name} changes how text looks, and ESC @ ends it`, () => {
    const plain = drawn('x\n')
    const styled = drawn([...bytes], 'x\n')
    expect(plain).not.toContain(shows)
    expect(styled).toContain(shows)
    expect(drawn([...bytes], [ESC, 0x40], 'x\n')).toBe(plain)
  })

test('line spacing and feeds move the paper by the dots asked for', () => {
  const height = (...parts: (string | number[])[]): number =>
    Number(/viewBox="0 0 \d+ (\d+)"/.exec(drawn(...parts))?.[1])
  const base = height('x\n')
  expect(height([ESC, 0x33, 60], 'x\n')).toBe(base + 30)
  expect(height([ESC, 0x33, 60, ESC, 0x32], 'x\n')).toBe(base)
  expect(height('x\n', [ESC, 0x64, 3])).toBe(base + 90)
  expect(height('x\n', [ESC, 0x4a, 7])).toBe(base + 7)
})

test('columns that are set apart by blanks stay apart in the picture', () => {
  const svg = drawn('TID     01\n')
  expect(svg).toContain('translate(32,0)')
  expect(
    [...svg.matchAll(/translate\((\d+),\d+\) scale.*?textLength="(\d+)"/g)].map((m) => [
      m[1],
      m[2],
    ]),
  ).toEqual([
    ['0', '36'],
    ['96', '24'],
  ])
})

test('a row picture is drawn dot by dot', () => {
  const svg = drawn([GS, 0x76, 0x30, 0, 1, 0, 2, 0, 0b11000011, 0b00000001])
  expect(svg).toContain('d="M0,0h2v1H0zM6,0h2v1H6zM7,1h1v1H7z"')
})

for (const opening of [
  [GS, 0x38, 0x4c, 12, 0, 0, 0],
  [GS, 0x28, 0x4c, 12, 0],
])
  test(`a stored picture (${opening.length} byte head) is drawn when it is told to print`, () => {
    const store = [...opening, 48, 112, 48, 1, 1, 49, 8, 0, 2, 0, 0xff, 0x81]
    expect(printed(store)).toBe('')
    expect(printed(store, [GS, 0x28, 0x4c, 2, 0, 48, 50])).toBe('[image 8x2]')
  })

test('a column picture stands in the text line, turned upright', () => {
  const svg = drawn([ESC, 0x2a, 33, 2, 0, 0x80, 0, 0, 0x00, 0, 0x01], 'x\n')
  expect(svg).toContain('d="M0,0h1v1H0zM1,23h1v1H1z"')
})

test('barcodes say their content, with readable digits when asked', () => {
  const code128 = [GS, 0x6b, 73, 6, 0x7b, 0x43, 12, 34, 56, 78]
  expect(printed([GS, 0x48, 2], code128)).toBe('[barcode 12345678]\n12345678')
  expect(printed([GS, 0x6b, 2, ...Buffer.from('4006381333931'), 0])).toBe('[barcode 4006381333931]')
})

test('a QR code is stored, then printed', () => {
  const data = [...Buffer.from('https://example.com/?a=1;b={2}')]
  const store = [GS, 0x28, 0x6b, data.length + 3, 0, 49, 80, 48, ...data]
  expect(printed(store)).toBe('')
  expect(printed(store, [GS, 0x28, 0x6b, 3, 0, 49, 81, 48])).toBe(
    '[qr https://example.com/?a=1;b={2}]',
  )
})

test('a cut ends the paper, and a cut of nothing makes none', () => {
  const { feed, print } = bench()
  print('one\n', [GS, 0x56, 0x42, 0], [GS, 0x56, 0x42, 0], 'two\n', [GS, 0x56, 1], 'three')
  expect(feed.papers().map(({ id, cut, text }) => [id, cut, text])).toEqual([
    ['1', true, 'one'],
    ['2', true, 'two'],
  ])
})

test('the drawer kick prints nothing and is understood', () => {
  expect(printed([ESC, 0x70, 0, 25, 250], 'x\n')).toBe('x')
})

test('real-time status tells what is wrong, also while nothing prints', () => {
  const { feed, print, answered } = bench()
  const ask = (): number[] => {
    answered.length = 0
    for (const question of [1, 2, 3, 4]) print([DLE, 0x04, question])
    return [...answered]
  }
  expect(ask()).toEqual([0x12, 0x12, 0x12, 0x12])
  feed.set({ paper: 'nearEnd' })
  expect(ask()).toEqual([0x12, 0x12, 0x12, 0x1e])
  feed.set({ paper: 'out' })
  expect(ask()).toEqual([0x1a, 0x32, 0x12, 0x7e])
  feed.set({ paper: 'ok', cover: 'open' })
  expect(ask()).toEqual([0x1a, 0x16, 0x12, 0x72])
  feed.set({ cover: 'closed', cutterError: true })
  expect(ask()).toEqual([0x1a, 0x52, 0x1a, 0x12])
})

test('automatic status comes when switched on and at every change, and not after switching off', () => {
  const { feed, print, answered } = bench()
  print([GS, 0x61, 0x0e])
  expect(answered).toEqual([0x10, 0, 0, 0])
  feed.set({ paper: 'out' })
  expect(answered.slice(4)).toEqual([0x18, 0, 0x0f, 0])
  feed.set({ paper: 'ok' })
  print([GS, 0x61, 0])
  answered.length = 0
  feed.set({ cover: 'open' })
  expect(answered).toEqual([])
})

test('the process ID is answered after the line before it is on paper, and not while paper is out', () => {
  const { feed, print, answered } = bench()
  feed.set({ paper: 'out' })
  print('x\n', [GS, 0x28, 0x48, 6, 0, 48, 48, ...Buffer.from('AB12')])
  expect(answered).toEqual([])
  feed.set({ paper: 'ok' })
  expect(answered).toEqual([0x37, 0x22, ...Buffer.from('AB12'), 0])
  expect(feed.papers()[0]?.text).toBe('x')
})

test('a queued paper question waits its turn', () => {
  const { feed, print, answered } = bench()
  feed.set({ cover: 'open' })
  print([GS, 0x72, 1])
  expect(answered).toEqual([])
  feed.set({ cover: 'closed' })
  expect(answered).toEqual([0])
})

test('paper that ends after two lines keeps the rest, and new paper lets it out', () => {
  const { feed, print } = bench()
  feed.runOutAfter(2)
  print('1\n2\n3\n4\n')
  expect(feed.papers()[0]?.text).toBe('1\n2')
  expect(feed.state().waiting).toBeGreaterThan(0)
  feed.set({ paper: 'ok' })
  expect(feed.papers()[0]?.text).toBe('1\n2\n3\n4')
})

test('clearing the buffer drops the rest and says so', () => {
  const { feed, print, answered } = bench()
  feed.runOutAfter(1)
  print('1\n2\n', [DLE, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8])
  feed.set({ paper: 'ok' })
  expect(answered).toEqual([0x37, 0x25, 0])
  expect(feed.papers()[0]?.text).toBe('1')
})

test('a jammed cut is tried again by DLE ENQ 1 and forgotten by DLE ENQ 2', () => {
  const again = bench()
  again.feed.blockCutter(true)
  again.print('x\n', [GS, 0x56, 0])
  expect(again.feed.state().cutterError).toBe(true)
  again.feed.blockCutter(false)
  again.print([DLE, 0x05, 1])
  expect(again.feed.papers().map(({ cut }) => cut)).toEqual([true])

  const forgotten = bench()
  forgotten.feed.blockCutter(true)
  forgotten.print('x\n', [GS, 0x56, 0])
  forgotten.feed.blockCutter(false)
  forgotten.print([DLE, 0x05, 2])
  expect(forgotten.feed.state().cutterError).toBe(false)
  expect(forgotten.feed.papers().map(({ cut }) => cut)).toEqual([false])
})

test('bytes that mean nothing are counted and printing goes on', () => {
  const { feed, print } = bench()
  print([0x01, ESC, 0x7a, GS, 0x7a, FS, 0x7a], 'x\n')
  expect(feed.state().complaints).toEqual(['control byte 01', 'ESC 7a', 'GS 7a', 'FS 7a'])
  expect(feed.papers()[0]?.text).toBe('x')
})

for (const command of ['generic', 'escpos'] as const)
  test(`a slip made by ReceiptLine (${command}) prints what it was asked to say, however the line cuts it`, () => {
    const document =
      '^^稳收示范店\n\n商户号|898100012345678\n---\n"金额"|￥1,234.50\n{code:2012345678903;option:code128,2,72,hri}\n'
    const bytes = Buffer.from(
      receiptline.transform(document, { cpl: 32, encoding: 'gb18030', command }),
      'latin1',
    )
    const whole = bench()
    whole.feed.receive(bytes)
    const text = whole.feed.papers()[0]?.text ?? ''
    for (const part of [
      '稳收示范店',
      '商户号',
      '898100012345678',
      '金额',
      '￥1,234.50',
      '[barcode 2012345678903]',
    ])
      expect(text).toContain(part)
    expect(whole.feed.state().complaints).toEqual([])

    const single = bench()
    for (const byte of bytes) single.feed.receive(Uint8Array.of(byte))
    expect(single.feed.papers()).toEqual(whole.feed.papers())
  })

test('no bytes whatever stop the printer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
      const { feed, print } = bench()
      feed.receive(noise)
      feed.setPower('off')
      feed.setPower('on')
      print('still here\n', [GS, 0x56, 0])
      expect(feed.papers().at(-1)?.text).toContain('still here')
    }),
  )
})
