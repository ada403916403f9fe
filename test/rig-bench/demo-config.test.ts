import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readDemoConfig, writeDemoConfig } from '../rig/demo-config.ts'

const DEMO = fileURLToPath(new URL('../../config/demo', import.meta.url))

function written(benchOrigin?: string): { text: string; values: Record<string, unknown> } {
  const to = mkdtempSync(join(tmpdir(), 'demo-config-'))
  const places = { devFolder: '/rig/dev', acquirerPort: 4001, screenPort: 4002 }
  writeDemoConfig(DEMO, to, benchOrigin === undefined ? places : { ...places, benchOrigin })
  const text = readFileSync(join(to, 'terminal.yaml'), 'utf8')
  return { text, values: parse(text) }
}

test('the terminal finds the devices and the host of this rig', () => {
  expect(written().values).toMatchObject({
    acquirer: { port: 4001 },
    screens: { port: 4002 },
    devices: {
      printer: { path: '/rig/dev/printer' },
      pinPad: { path: '/rig/dev/pin-pad' },
      cardReader: { path: '/rig/dev/card-reader' },
      qrScanner: { path: '/rig/dev/qr-scanner' },
    },
  })
})

test('everything else stays as shipped, comments too', () => {
  const shipped = readFileSync(join(DEMO, 'terminal.yaml'), 'utf8')
  const { text, values } = written()
  const comments = (of: string): string[] => of.match(/#.*$/gm) ?? []
  expect(comments(text)).toEqual(comments(shipped))
  const original: Record<string, unknown> = parse(shipped)
  for (const key of ['merchant', 'terminal', 'operators', 'limits', 'slips']) {
    expect(values[key]).toEqual(original[key])
  }
})

test('the screens are told which page may frame them', () => {
  const origin = 'http://127.0.0.1:8584'
  expect(written(origin).values['screens']).toMatchObject({ benchOrigin: origin })
})

test('the rig has the key and the numbers that the terminal will use', () => {
  expect(readDemoConfig(DEMO)).toMatchObject({
    terminal: { number: '10000001' },
    merchant: { number: '898100012345678' },
    acquirer: { masterKey: expect.stringMatching(/^[0-9A-F]{32}$/) },
  })
})
