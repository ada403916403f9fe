import { expect, test } from 'vitest'
import { pageName } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Commit, Journal } from '#shell/journal/journal.ts'
import { createRunner } from '#shell/runner/runner.ts'
import { NOON, SETUP, TAPPED_CARD } from '../../core/counter.ts'

/** A journal in memory that can be told to fail; the order of writes and deeds is what these tests are about. */
function bench() {
  const story: string[] = []
  const commits: Commit[] = []
  let broken = false
  const journal: Journal = {
    lastState: () => null,
    commit: (commit) => {
      if (broken) throw new Error('disk full')
      commits.push(commit)
      story.push('commit')
    },
    sealedPan: () => null,
    newestRecord: () => null,
    batchRecords: () => [],
    tillRecords: () => [],
    close: () => undefined,
  }
  const performed: Effect[] = []
  let failures = 0
  const runner = createRunner({
    journal,
    clock: { wallMs: () => NOON, monotonicMs: () => 0, after: () => () => undefined },
    initial: initialState(),
    seal: () => Uint8Array.of(1),
    perform: (effect) => {
      performed.push(effect)
      story.push(effect.do)
    },
    publish: (state) => story.push(`show ${state.step.kind}`),
    onJournalFailed: () => (failures += 1),
  })
  const press = (...keys: ('5' | '9' | 'confirm')[]) => {
    for (const key of keys)
      runner.dispatch({ type: 'keyPressed', page: pageName(runner.state()), key })
  }
  const open = () => {
    runner.dispatch({ type: 'started', setup: SETUP, keysReady: false })
    runner.dispatch({
      type: 'operatorPinChosen',
      page: pageName(runner.state()),
      operator: '01',
      credential: 'x',
    })
    runner.dispatch({
      type: 'operatorChecked',
      page: pageName(runner.state()),
      operator: '01',
      correct: true,
    })
    runner.dispatch({ type: 'signedOn', batch: '000001' })
  }
  const choose = (option: string) =>
    runner.dispatch({ type: 'optionChosen', page: pageName(runner.state()), option, item: '' })
  const present = () => {
    const { step } = runner.state()
    runner.dispatch({
      type: 'cardPresented',
      read: step.kind === 'present' ? step.read : 0,
      card: TAPPED_CARD,
    })
  }
  const approve = () => {
    const fields = {
      '3': '000000',
      '4': '000000000500',
      '11': '000002',
      '37': '112112000001',
      '39': '00',
      '41': SETUP.terminalNumber,
      '42': SETUP.merchantNumber,
    }
    runner.dispatch({
      type: 'hostReplied',
      stan: '000002',
      reply: { mti: '0210', mac: 'good', fields },
    })
  }
  return {
    runner,
    story,
    commits,
    performed,
    press,
    open,
    choose,
    present,
    approve,
    failures: () => failures,
    breakDisk: () => (broken = true),
  }
}

test('an approved sale costs two durable writes before the result is shown: before the request, and before anyone is told', () => {
  const { open, press, present, approve, story } = bench()
  open()
  press('5', 'confirm', 'confirm')
  story.length = 0
  present()
  approve()
  const shown = story.indexOf('show result')
  expect(story.slice(0, shown).filter((line) => line === 'commit')).toHaveLength(2)
  expect(story.indexOf('commit')).toBeLessThan(story.indexOf('sendRequest'))
  expect(story.lastIndexOf('commit')).toBeLessThan(shown)
})

test('typing an amount writes nothing to disk; the keys lie in the next commit, in order', () => {
  const { open, press, present, commits } = bench()
  open()
  const before = commits.length
  press('5', '5')
  expect(commits).toHaveLength(before)
  press('confirm')
  expect(commits).toHaveLength(before + 1)
  const types = commits.at(-1)?.entries.map((entry) => entry.event.type)
  expect(types).toEqual(['keyPressed', 'keyPressed', 'keyPressed'])
  press('confirm')
  expect(commits).toHaveLength(before + 1)
  present()
  expect(commits.at(-1)?.entries.map((entry) => entry.event.type)).toEqual([
    'keyPressed',
    'cardPresented',
  ])
})

test('a confirmed amount is on disk before anybody sees its page, so that a power cut does not lose it', () => {
  const { open, press, commits, story } = bench()
  open()
  press('5')
  story.length = 0
  press('confirm')
  expect(story.indexOf('commit')).toBeLessThan(story.indexOf('show confirmAmount'))
  expect(commits.at(-1)?.state.step).toMatchObject({ kind: 'confirmAmount' })
})

test('the sealed card goes to disk in the same commit as the request', () => {
  const { open, press, present, commits } = bench()
  open()
  press('5', 'confirm', 'confirm')
  present()
  expect(commits.at(-1)?.sealed).toEqual([{ reversal: '000001-000002', bytes: Uint8Array.of(1) }])
})

test('the disk refuses the intent: the request never leaves, and nothing more is decided', () => {
  const { open, press, present, approve, breakDisk, performed, failures, runner } = bench()
  open()
  press('5', 'confirm', 'confirm')
  breakDisk()
  present()
  approve()
  expect(performed.map((effect) => effect.do)).not.toContain('sendRequest')
  expect(failures()).toBe(1)
  expect(runner.state().step.kind).toBe('authorizing')
})

test('too little was charged: what is still to be collected is on disk before the page that asks for it', () => {
  const { open, press, present, approve, choose, commits, story } = bench()
  open()
  press('5', 'confirm', 'confirm')
  present()
  approve()
  choose('correct')
  choose('wrongAmount')
  press('9')
  story.length = 0
  press('confirm')
  expect(story).toEqual(['commit', 'show confirmAmount'])
  expect(commits.at(-1)?.state.followUps).toMatchObject([{ why: 'topUp', dueMinor: 400 }])
})
