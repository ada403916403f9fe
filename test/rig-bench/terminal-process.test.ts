import { afterEach, expect, test } from 'vitest'
import {
  createTerminalProcess,
  OUTPUT_LINES,
  type TerminalProcess,
} from '../rig/terminal-process.ts'

const running: TerminalProcess[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((terminal) => terminal.stop()))
})

const READY = `console.log(JSON.stringify({event:'ready',screens:'http://127.0.0.1:1/'}));`
const STAY = 'setInterval(() => {}, 1000);'

function terminalThat(does: string, readyTimeoutMs = 5000): TerminalProcess {
  const terminal = createTerminalProcess({
    command: [process.execPath, '-e', does],
    readyTimeoutMs,
  })
  running.push(terminal)
  return terminal
}

test('a terminal is on when it has said where its screens are', async () => {
  const terminal = terminalThat(READY + STAY)
  expect(await terminal.powerOn()).toEqual({ kind: 'ready', screens: 'http://127.0.0.1:1/' })
  expect(terminal.state()).toMatchObject({ power: 'on', phase: 'ready', starts: 1, powerCuts: 0 })
})

test('a power cut gives the terminal no chance to finish anything', async () => {
  const terminal = terminalThat(
    `process.on('SIGTERM', () => console.log('polite'));${READY}${STAY}`,
  )
  await terminal.powerOn()
  await terminal.powerCut()
  expect(terminal.state()).toMatchObject({ power: 'off', phase: 'off', pid: null, powerCuts: 1 })
  expect(terminal.state().lines).not.toContain('polite')
})

test('power that comes back starts the terminal again', async () => {
  const terminal = terminalThat(READY + STAY)
  await terminal.powerOn()
  const first = terminal.state().pid
  await terminal.powerCut()
  expect(await terminal.powerOn()).toMatchObject({ kind: 'ready' })
  expect(terminal.state().starts).toBe(2)
  expect(terminal.state().pid).not.toBe(first)
})

test('a polite stop lets the terminal put things away', async () => {
  const goodbye = `process.on('SIGTERM', () => { console.log('put away'); process.exit(0) });`
  const terminal = terminalThat(goodbye + READY + STAY)
  await terminal.powerOn()
  await terminal.stop()
  expect(terminal.state().lines.at(-1)).toBe('put away')
  expect(terminal.state().crashes).toBe(0)
})

test('two people who press the power switch start one terminal', async () => {
  const terminal = terminalThat(READY + STAY)
  await Promise.all([terminal.powerOn(), terminal.powerOn()])
  expect(terminal.state().starts).toBe(1)
})

test('a terminal that crashes is started again', async () => {
  const terminal = terminalThat(`${READY}setTimeout(() => process.exit(1), 50)`)
  const startedAgain = new Promise<void>((resolve) => {
    terminal.onChange(() => {
      if (terminal.state().starts === 2) resolve()
    })
  })
  await terminal.powerOn()
  await startedAgain
  expect(terminal.state()).toMatchObject({ power: 'on', crashes: 1 })
})

test('a terminal with an unusable configuration stays off and its own sentence is the reason', async () => {
  const terminal = terminalThat(`console.error('terminal.yaml is missing'); process.exit(2)`)
  expect(await terminal.powerOn()).toEqual({ kind: 'failed', why: 'terminal.yaml is missing' })
  expect(terminal.state()).toMatchObject({ power: 'off', starts: 1 })
})

test('a program that does not exist is a failed start, not a crash of the rig', async () => {
  const terminal = createTerminalProcess({ command: ['/nowhere/suretill'] })
  expect(await terminal.powerOn()).toMatchObject({ kind: 'failed' })
})

test('a terminal that never gets ready is reported', async () => {
  const terminal = terminalThat(STAY, 100)
  expect(await terminal.powerOn()).toEqual({
    kind: 'failed',
    why: 'The terminal was not ready after 0.1 s.',
  })
})

test('only the last lines of output are kept', async () => {
  const chatter = `for (let i = 0; i < ${OUTPUT_LINES + 50}; i += 1) console.log('line ' + i);`
  const terminal = terminalThat(chatter + READY + STAY)
  await terminal.powerOn()
  expect(terminal.state().lines).toHaveLength(OUTPUT_LINES)
  expect(terminal.state().lines.at(-2)).toBe(`line ${OUTPUT_LINES + 49}`)
})
