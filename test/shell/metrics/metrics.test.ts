/** The figures for Prometheus: the text is what the format says, every name is documented, and the door opens for this machine alone. */
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { METRICS } from '#shell/metrics/catalogue.ts'
import { openMetricsDoor } from '#shell/metrics/door.ts'
import { writeExposition } from '#shell/metrics/exposition.ts'
import { createTally } from '#shell/metrics/tally.ts'

test('one line for each sample, behind the help and the type of its metric', () => {
  expect(
    writeExposition([
      { metric: METRICS.linkUp, value: 1 },
      { metric: METRICS.deviceWell, labels: { device: 'printer' }, value: 0 },
      { metric: METRICS.deviceWell, labels: { device: 'pinPad' }, value: 1 },
    ]),
  ).toBe(
    [
      '# HELP suretill_link_up 1 when signed on to the acquirer',
      '# TYPE suretill_link_up gauge',
      'suretill_link_up 1',
      '# HELP suretill_device_well 1 when the device has no trouble',
      '# TYPE suretill_device_well gauge',
      'suretill_device_well{device="printer"} 0',
      'suretill_device_well{device="pinPad"} 1',
      '',
    ].join('\n'),
  )
})

test('whatever stands in a label, a sample stays one line', () => {
  fc.assert(
    fc.property(fc.string(), (device) => {
      const text = writeExposition([{ metric: METRICS.deviceWell, labels: { device }, value: 1 }])
      expect(text.split('\n')).toHaveLength(4)
      const told = /^suretill_device_well\{device="(.*)"\} 1$/s.exec(text.split('\n')[2] ?? '')?.[1]
      expect(told?.replaceAll(/\\(.)/g, (_, one) => (one === 'n' ? '\n' : one))).toBe(device)
    }),
  )
})

test('docs/metrics.md names exactly the figures that there are, with type, labels and meaning', () => {
  const rows = readFileSync('docs/metrics.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  const wanted = Object.values(METRICS).map(
    ({ help, labels, name, type }) => `| \`${name}\` | ${type} | ${labels.join(', ')} | ${help} |`,
  )
  expect(rows).toEqual(wanted)
})

test('names follow the rules of Prometheus: units at the end, counters end in _total', () => {
  for (const { labels, name, type } of Object.values(METRICS)) {
    expect(name).toMatch(/^suretill_[a-z_]+$/)
    expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter'])
    for (const label of labels) expect(label).toMatch(/^[a-z]+$/)
  }
})

test('exchanges are counted by what came of them, and a host that makes up types fills no memory', () => {
  const tally = createTally()
  const passed: string[] = []
  const note = tally.counting((what) => passed.push(what))
  note('exchange', { mti: '0200', outcome: 'answered' })
  note('exchange', { mti: '0200', outcome: 'answered' })
  note('stray answer')
  const told = tally
    .samples()
    .map(({ labels, value }) => [Object.values(labels ?? {}).join(' '), value])
  expect(told).toEqual([
    ['0200 answered', 2],
    ['error', 0],
    ['warning', 1],
    ['info', 2],
  ])
  for (let type = 0; type < 1000; type++) note('exchange', { mti: String(type), outcome: 'x' })
  expect(tally.samples().length).toBeLessThan(110)
  expect(tally.samples().find(({ labels }) => labels?.['mti'] === 'other')?.value).toBe(901)
  expect(passed).toHaveLength(1003)
})

test('the door answers this machine at one address, and no name of a website', async () => {
  const door = await openMetricsDoor(0, () => 'suretill_info 1\n')
  if (!door.ok) throw new Error(door.sentence)
  onTestFinished(() => door.close())
  const ask = (path: string, options: { host?: string; method?: string } = {}) =>
    new Promise<string>((resolve, reject) => {
      const { host = `127.0.0.1:${door.port}`, method = 'GET' } = options
      request({ port: door.port, host: '127.0.0.1', path, method, headers: { host } }, (answer) => {
        let text = ''
        answer.on('data', (chunk) => {
          text += String(chunk)
        })
        answer.on('end', () => resolve(`${answer.statusCode} ${text}`))
      })
        .on('error', reject)
        .end()
    })
  expect(await ask('/metrics')).toBe('200 suretill_info 1\n')
  expect(await ask('/')).toBe('404 ')
  expect(await ask('/metrics', { method: 'POST' })).toBe('405 ')
  expect(await ask('/metrics', { host: 'evil.example' })).toBe('403 ')
})

test('a port that is taken is refused in one sentence', async () => {
  const first = await openMetricsDoor(0, () => '')
  if (!first.ok) throw new Error(first.sentence)
  onTestFinished(() => first.close())
  const second = await openMetricsDoor(first.port, () => '')
  expect(second.ok ? '' : second.sentence).toContain('Nothing was started')
})
