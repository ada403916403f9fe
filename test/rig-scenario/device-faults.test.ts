import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Laboratory, startLaboratory } from '../rig/laboratory.ts'

async function laboratory(): Promise<Laboratory> {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'))
  const ports = { acquirer: 0, bench: 0, screens: 0 }
  const outcome = await startLaboratory({ folder, ports, dataFolder: null })
  if (outcome.kind !== 'running') throw new Error(outcome.why)
  onTestFinished(async () => {
    await outcome.laboratory.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return outcome.laboratory
}

async function post({ bench }: Laboratory, path: string, body: unknown): Promise<string> {
  const answer = await fetch(`${bench.url}api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return `${answer.status} ${await answer.text()}`
}

test('the bench makes every device misbehave on request, and well again', async () => {
  const place = await laboratory()
  const { cardReader, pinPad, printer } = place.rig
  for (const fault of [
    { device: 'pin-pad', kind: 'nak', times: 3 },
    { device: 'card-reader', kind: 'slow', ms: 900 },
    { device: 'printer', kind: 'headHot' },
    { device: 'printer', kind: 'cutterJam' },
    { device: 'printer', kind: 'powerOff' },
    { device: 'printer', kind: 'noProcessId' },
  ])
    expect(await post(place, 'device/fault', fault)).toBe('200 {}')
  expect(pinPad.state().faults).toEqual(['nak'])
  expect(cardReader.state().faults).toEqual(['slow'])
  expect(printer.state()).toMatchObject({
    headHot: true,
    cutterBlocked: true,
    power: 'off',
    processIdSupport: false,
  })
  for (const device of ['pin-pad', 'card-reader', 'printer', 'qr-scanner'])
    expect(await post(place, 'device/clear', { device })).toBe('200 {}')
  expect(pinPad.state().faults).toEqual([])
  expect(cardReader.state().faults).toEqual([])
  expect(printer.state()).toMatchObject({
    headHot: false,
    cutterBlocked: false,
    power: 'on',
    processIdSupport: true,
  })
})

test.each([
  ['device/fault', { device: 'kettle', kind: 'silent' }],
  ['device/fault', { device: 'pin-pad', kind: 'dance' }],
  ['device/fault', { device: 'pin-pad', kind: 'nak', times: 0 }],
  ['device/fault', { device: 'card-reader', kind: 'slow' }],
  ['device/fault', { device: 'card-reader', kind: 'silent', loud: true }],
  ['device/fault', { device: 'printer', kind: 'paperEnds', lines: -1 }],
  ['device/fault', { device: 'qr-scanner' }],
  ['device/clear', {}],
])('POST /api/%s %j is refused with one sentence', async (path, body) => {
  const place = await laboratory()
  expect(await post(place, path, body)).toMatch(/^400 {"error":"[^\n]{10,300}\."}$/)
  expect(place.rig.pinPad.state().faults).toEqual([])
})
