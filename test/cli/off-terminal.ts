/** A terminal that is switched off, and somebody at the keyboard of a technician's command. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Command, CommanderError } from 'commander'
import { onTestFinished } from 'vitest'
import type { EventBody } from '#core/terminal/event.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Keyboard } from '#shell/commission/prompt.ts'
import { openJournal } from '#shell/journal/journal.ts'

export type OffTerminal = {
  readonly config: string
  readonly data: string
  readonly folder: string
}

/** `state`: what its journal says; absent: it has never run. */
export function offTerminal(state?: Partial<TerminalState>): OffTerminal {
  const folder = mkdtempSync(join(tmpdir(), 'off-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const config = join(folder, 'config')
  const data = join(folder, 'data')
  cpSync('config/demo', config, { recursive: true })
  mkdirSync(data)
  if (state !== undefined) {
    const opened = openJournal(join(data, 'journal.db'))
    if (!opened.ok) throw new Error(opened.detail)
    opened.journal.commit({ entries: [], state: { ...initialState(), ...state }, sealed: [] })
    opened.journal.close()
  }
  return { config, data, folder }
}

/** Somebody who types these lines, and what was asked and whether it was shown. */
export function typist(
  ...lines: readonly string[]
): Keyboard & { readonly asked: () => string; readonly shown: () => string } {
  const left = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''))
  let at = 0
  let isShown = true
  let asked = ''
  let shown = ''
  return {
    asked: () => asked,
    shown: () => shown,
    read: (into) => {
      const byte = left[at]
      if (byte === undefined) return 0
      at += 1
      into[0] = byte
      if (isShown) shown += String.fromCharCode(byte)
      return 1
    },
    write: (text) => {
      asked += text
    },
    echo: (on) => {
      isShown = on
    },
  }
}

export type Ran = {
  readonly code: number
  readonly out: readonly string[]
  readonly err: readonly string[]
}

/** One command in this process. */
export async function runCommand(
  register: (
    program: Command,
    io: { out: (line: string) => void; err: (line: string) => void },
  ) => void,
  args: readonly string[],
): Promise<Ran> {
  const out: string[] = []
  const err: string[] = []
  const program = new Command('suretill')
    .exitOverride()
    .configureOutput({ writeErr: (text) => err.push(text) })
  register(program, { out: (line) => out.push(line), err: (line) => err.push(line) })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return { code: 0, out, err }
  } catch (cause) {
    if (cause instanceof CommanderError) return { code: cause.exitCode, out, err }
    throw cause
  }
}

/** Events in the journal of this data folder, oldest first. */
export function eventsIn(data: string): readonly EventBody[] {
  const db = new DatabaseSync(join(data, 'journal.db'), { readOnly: true })
  const rows = db.prepare('SELECT body FROM event ORDER BY seq').all()
  db.close()
  return rows.map(({ body }): EventBody => JSON.parse(String(body)))
}

export function changeText(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')))
}
