/** The first start of a new terminal, on paper: its journal begins, everybody has a PIN of their own, and its configuration is sealed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '#core/ports/clock.ts'
import { pageName } from '#core/terminal/decision.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { Answers } from '#shell/commission/answers.ts'
import type { SheetLine } from '#shell/commission/sheet.ts'
import { openConfigSeal } from '#shell/config/config-seal.ts'
import { loadResponseCodes } from '#shell/config/response-codes-file.ts'
import type { TerminalFile } from '#shell/config/terminal-file.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { findJournalKey } from '#shell/keys/journal-key.ts'
import { makeCredential } from '#shell/operators/credential.ts'
import { createRunner } from '#shell/runner/runner.ts'
import { coreSetup } from '#shell/setup.ts'
import { withOffTerminal } from '../journal/service-journal.ts'
import type { SetupDesk } from './desk.ts'
import type { SetupPlaces } from './places.ts'

export type Making = {
  readonly answers: Answers
  readonly file: TerminalFile
  readonly places: SetupPlaces
}

/** Null when it is done; a sentence when the disk or the journal refused. */
export async function letPeopleIn(
  desk: SetupDesk,
  { answers, file, places }: Making,
): Promise<string | null> {
  const codes = loadResponseCodes(join(desk.sharedConfig, 'response-codes.yaml'))
  if (codes === null) return 'response-codes.yaml is missing or wrong'
  const begun = await withOffTerminal(
    { data: places.data, clock: desk.clock, words: desk.words },
    (off) => {
      const text = readFileSync(join(places.config, 'terminal.yaml'), 'utf8')
      openConfigSeal(off).settle(text, 0)
      return off.random
    },
  )
  if (!begun.ok) return begun.sentence
  return chooseFirstPins(places.data, desk.clock, {
    setup: coreSetup(file, codes),
    people: answers.people,
    random: begun.result,
  })
}

/**
 * As a terminal that starts, asks each for a first PIN and loses power: nothing that it would have sent has left, and its next start owes
 * nothing.
 */
function chooseFirstPins(
  data: string,
  clock: Clock,
  {
    people,
    random,
    setup,
  }: { setup: Setup; people: Answers['people']; random: (length: number) => Uint8Array },
): string | null {
  const opened = openJournal(join(data, 'journal.db'), findJournalKey(data, createDisk()))
  if (!opened.ok) return opened.detail
  let failed: string | null = null
  const runner = createRunner({
    journal: opened.journal,
    clock,
    initial: opened.journal.lastState() ?? initialState(),
    seal: () => new Uint8Array(),
    perform: () => undefined,
    publish: () => undefined,
    onJournalFailed: (cause) => {
      failed = cause instanceof Error ? cause.message : 'unknown'
    },
  })
  runner.dispatch({ type: 'started', setup, keysReady: false })
  for (const { number, pin } of people) {
    const credential = makeCredential(pin, random)
    runner.dispatch({
      type: 'operatorPinChosen',
      page: pageName(runner.state()),
      operator: number,
      credential,
    })
  }
  runner.flush()
  const without = runner.state().operators.find(({ credential }) => credential === null)
  opened.journal.close()
  return failed ?? (without === undefined ? null : `operator ${without.number} has no PIN`)
}

/** The sheet goes into the journal too. */
export async function writeCommissioned(
  desk: SetupDesk,
  { data }: SetupPlaces,
  by: string,
  lines: readonly SheetLine[],
): Promise<string | null> {
  const written = await withOffTerminal(
    { data, clock: desk.clock, words: desk.words },
    ({ book }) => {
      const facts = lines.map(([name, after]) => ({ name, before: '', after }))
      book.write('commissioned', [by], facts)
    },
  )
  return written.ok ? null : written.sentence
}
