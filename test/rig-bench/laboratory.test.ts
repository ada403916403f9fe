import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { open as openFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { BenchState } from '../rig/bench/state.ts'
import { type Laboratory, startLaboratory } from '../rig/laboratory.ts'

/** SYN T CR. */
const HONEYWELL_TRIGGER_ON = Buffer.from('16540d', 'hex')
const open: Laboratory[] = []
const folders: string[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((laboratory) => laboratory.stop()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

type Place = { folder: string; laboratory: Laboratory }

async function laboratory(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'laboratory-'))
  folders.push(folder)
  const ports = { acquirer: 0, bench: 0, screens: 0 }
  const outcome = await startLaboratory({ folder, ports, dataFolder: null })
  if (outcome.kind !== 'running') throw new Error(outcome.why)
  open.push(outcome.laboratory)
  return { folder, laboratory: outcome.laboratory }
}

async function post(place: Place, path: string, body: unknown): Promise<Response> {
  return await fetch(`${place.laboratory.bench.url}api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function state(place: Place): Promise<BenchState> {
  const answer = await fetch(`${place.laboratory.bench.url}api/state`)
  const body: BenchState = JSON.parse(await answer.text())
  return body
}

/** What a terminal sees that dials the host. */
async function dial(port: number): Promise<'answered' | 'refused'> {
  return await new Promise((resolve) => {
    const line = createConnection({ host: '127.0.0.1', port })
    line.once('connect', () => {
      line.destroy()
      resolve('answered')
    })
    line.once('error', () => resolve('refused'))
  })
}

test.each(['printer', 'pin-pad', 'card-reader', 'qr-scanner'])(
  'the cable of the %s is pulled, and the port is gone until it is put back',
  async (device) => {
    const place = await laboratory()
    const link = join(place.folder, 'dev', device)
    expect(existsSync(link)).toBe(true)
    await post(place, 'cable', { device, plugged: false })
    expect(existsSync(link)).toBe(false)
    expect((await state(place)).plugged).toMatchObject({ [device]: false })
    await post(place, 'cable', { device, plugged: true })
    expect(existsSync(link)).toBe(true)
  },
)

test('while the network is cut the host cannot be reached, and afterwards it can', async () => {
  const place = await laboratory()
  const { port } = place.laboratory.rig.acquirer
  expect(await dial(port)).toBe('answered')
  await post(place, 'network', { up: false })
  expect(await dial(port)).toBe('refused')
  expect((await state(place)).networkUp).toBe(false)
  await post(place, 'network', { up: true })
  expect(await dial(port)).toBe('answered')
})

test('what is written to the printer comes out as paper on the bench', async () => {
  const place = await laboratory()
  writeFileSync(join(place.folder, 'dev', 'printer'), 'TOTAL 38.50\n\x1dV\x00')
  await expect
    .poll(async () => (await state(place)).printer.papers.map((paper) => paper.text.trim()))
    .toEqual(['TOTAL 38.50'])
  const [paper] = (await state(place)).printer.papers
  const drawing = await fetch(`${place.laboratory.bench.url}api/papers/${paper?.id}.svg`)
  expect(await drawing.text()).toContain('<svg')
  expect(paper).toMatchObject({ cut: true, width: expect.any(Number) })
  expect(paper?.height).toBeGreaterThan(0)
})

test('two phones held up at once are two reads, one right after the other', async () => {
  const place = await laboratory()
  const port = await openFile(join(place.folder, 'dev', 'qr-scanner'), 'r+')
  const read = port.read(Buffer.alloc(200))
  await port.write(HONEYWELL_TRIGGER_ON)
  await expect.poll(async () => (await state(place)).scanner.triggered).toBe(true)
  const { texts } = JSON.parse(await (await post(place, 'phone', { show: 'two' })).text())
  const { buffer, bytesRead } = await read
  await port.close()
  const sent = buffer.subarray(0, bytesRead).toString('latin1')
  expect(sent).toBe(`]Q1${texts[0]}\r]Q1${texts[1]}\r`)
  expect(texts[0]).not.toBe(texts[1])
})

test('the switches of the printer stand on the printer', async () => {
  const place = await laboratory()
  await post(place, 'printer', { paper: 'out', cover: 'open', cutterJammed: true })
  expect((await state(place)).printer).toMatchObject({
    paper: 'out',
    cover: 'open',
    cutterJammed: true,
  })
})

test('a card stays in the slot until it is taken out', async () => {
  const place = await laboratory()
  expect((await post(place, 'card', { action: 'insert', card: 'debit' })).status).toBe(200)
  expect((await state(place)).cardReader.slot).toBe('debit')
  expect((await post(place, 'card', { action: 'insert', card: 'credit' })).status).toBe(400)
  await post(place, 'card', { action: 'remove' })
  expect((await state(place)).cardReader.slot).toBeNull()
})

test('a card at a dark reader is not read, and the bench says so', async () => {
  const place = await laboratory()
  const answer = await post(place, 'card', { action: 'tap', card: 'debit' })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toEqual({ error: expect.stringContaining('reader is dark') })
})

test('a fault that is ordered from the host stands in the state until it is cleared', async () => {
  const place = await laboratory()
  await post(place, 'acquirer/fault', { kind: 'decline', code: '51', times: 2 })
  expect((await state(place)).host.faults).toEqual([{ kind: 'decline', code: '51', times: 2 }])
  await post(place, 'acquirer/clear', {})
  expect((await state(place)).host.faults).toEqual([])
})

test('a fault that the host does not know is refused', async () => {
  const place = await laboratory()
  expect((await post(place, 'acquirer/fault', { kind: 'eatCard' })).status).toBe(400)
  expect((await state(place)).host.faults).toEqual([])
})

test('no card number leaves the bench in full', async () => {
  const place = await laboratory()
  const text = JSON.stringify(await state(place))
  for (const { pan } of place.laboratory.rig.cards.cards) expect(text).not.toContain(pan)
})

test('a second laboratory on the same port is refused with the option that helps', async () => {
  const place = await laboratory()
  const acquirer = place.laboratory.rig.acquirer.port
  const folder = join(place.folder, 'second')
  expect(
    await startLaboratory({ folder, ports: { acquirer, bench: 0, screens: 0 }, dataFolder: null }),
  ).toEqual({
    kind: 'portTaken',
    why: `Port ${acquirer} for the acquirer is taken; choose another with --acquirer-port.`,
  })
  const bench = Number(new URL(place.laboratory.bench.url).port)
  expect(
    await startLaboratory({ folder, ports: { acquirer: 0, bench, screens: 0 }, dataFolder: null }),
  ).toMatchObject({ kind: 'portTaken', why: expect.stringContaining('--bench-port') })
})
