import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../../scripts/suretill-rig.ts', import.meta.url))
const running: ChildProcess[] = []
const folders: string[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  return child
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'suretill-rig-'))
  folders.push(folder)
  return folder
}

async function ended(
  child: ChildProcess,
): Promise<{ code: number | null; out: string; err: string }> {
  const texts = { out: '', err: '' }
  child.stdout?.on('data', (chunk: Buffer) => {
    texts.out += chunk.toString('utf8')
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    texts.err += chunk.toString('utf8')
  })
  return await new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, ...texts }))
  })
}

test.each([['up'], ['demo']])('%s --help lists its ports', async (verb) => {
  const { code, out } = await ended(start(verb, '--help'))
  expect(code).toBe(0)
  for (const port of ['8583', '8584', '8590']) expect(out).toContain(port)
})

test.each(['demo --bench-port eighty', 'demo --bench-port 70000', 'fly'])(
  'wrong usage ends with code 2 and a sentence: %s',
  async (line) => {
    const { code, out, err } = await ended(start(...line.split(' ')))
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(/^error: .+/)
  },
)

test('demo on a port that is taken says which, and which option helps', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const taken = typeof address === 'object' && address !== null ? String(address.port) : ''
  const { code, err } = await ended(start('demo', '--folder', newFolder(), '--screens-port', taken))
  other.close()
  expect(code).toBe(2)
  expect(err).toBe(`Port ${taken} for the screens is taken; choose another with --screens-port.\n`)
})

test('up tells where everything is, and Ctrl-C takes the devices away', async () => {
  const folder = newFolder()
  const ports = ['--screens-port', '0', '--bench-port', '0', '--acquirer-port', '0']
  const child = start('up', '--json', '--folder', folder, ...ports)
  const line = await new Promise<string>((resolve, reject) => {
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve)
    child.once('close', () => reject(new Error('ended before it was ready')))
  })
  const ready = JSON.parse(line)
  expect(ready).toMatchObject({ event: 'ready', acquirerPort: expect.any(Number) })
  expect((await fetch(`${ready.bench}api/state`)).status).toBe(200)
  expect(existsSync(join(ready.config, 'terminal.yaml'))).toBe(true)
  const printer = join(folder, 'rig', 'dev', 'printer')
  expect(existsSync(printer)).toBe(true)
  const end = ended(child)
  child.kill('SIGINT')
  expect((await end).code).toBe(0)
  expect(existsSync(printer)).toBe(false)
})
