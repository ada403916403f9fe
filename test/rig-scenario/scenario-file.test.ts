import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Fault } from '../rig/acquirer/faults/fault.ts'
import { DEVICE_FAULTS } from '../rig/device-faults.ts'
import { readScenarios, type Scenario } from '../rig/scenario/scenario-file.ts'
import type { CardReaderFault } from '../rig/sim/card-reader/faults.ts'
import type { PinPadFault } from '../rig/sim/pin-pad/faults.ts'

const FOLDER = fileURLToPath(new URL('../scenarios', import.meta.url))

function read(text: string): readonly Scenario[] {
  const file = readScenarios('shop.yaml', text)
  if (!file.ok) throw new Error(file.problem)
  return file.scenarios
}

function refusal(...lines: string[]): string {
  const file = readScenarios('shop.yaml', lines.join('\n'))
  return file.ok ? '' : file.problem
}

function shipped(): readonly Scenario[] {
  return readdirSync(FOLDER).flatMap((name) => read(readFileSync(join(FOLDER, name), 'utf8')))
}

test('a table gives one scenario per row, and the values stand in title, config and steps', () => {
  const scenarios = read(`
names: { sold: [{ ask: "<amount>" }, { tap: debit }] }
scenarios:
  - title: <amount> in <tries> tries
    config: { limits.maxAmountMinor: <tries> }
    table: [{ amount: "5", quick: true }, { amount: "6" }]
    each: { tries: [1, 2] }
    steps: [<sold>, { fault: { device: pinPad, kind: nak, times: <tries> } }]
`)
  expect(scenarios.map(({ title }) => title)).toEqual([
    '5 in 1 tries',
    '5 in 2 tries',
    '6 in 1 tries',
    '6 in 2 tries',
  ])
  expect(scenarios.map(({ quick }) => quick)).toEqual([true, true, false, false])
  expect(scenarios[3]).toMatchObject({
    config: { 'limits.maxAmountMinor': 2 },
    steps: [
      { line: 8, step: { verb: 'ask', with: '6' } },
      { line: 8, step: { verb: 'tap', with: 'debit' } },
      { line: 8, step: { verb: 'fault', with: { times: 2 } } },
    ],
  })
})

test.each([
  [
    'a step that does not exist',
    ['scenarios:', '  - title: x', '    steps:', '      - dance: now'],
    /^shop\.yaml:4: .*there is no step "dance"; steps are open, ask/,
  ],
  [
    'an amount without quotes',
    ['scenarios:', '  - title: x', '    steps:', '      - ask: 38.5'],
    /^shop\.yaml:4: .*ask: an amount such as "38\.5", in quotes$/,
  ],
  [
    'an expectation that nobody can look at',
    [
      'scenarios:',
      '  - title: x',
      '    steps:',
      '      - tap: debit',
      '      - expect:',
      '          screen: { fog: 1 }',
    ],
    /^shop\.yaml:6: .*screen: .*fog/,
  ],
  [
    'a name that stands for nothing',
    ['scenarios:', '  - title: x', '    steps:', '      - <sold>'],
    /^shop\.yaml:4: .*"<sold>" is no step, and nothing here has that name$/,
  ],
  [
    'two verbs in one step',
    ['scenarios:', '  - title: x', '    steps:', '      - { ask: "5", tap: debit }'],
    /^shop\.yaml:4: .*exactly one verb/,
  ],
  ['a scenario without steps', ['scenarios:', '  - title: x'], /^shop\.yaml:2: .*steps/],
  [
    'the same title twice',
    ['scenarios:', '  - { title: x, table: [{}, {}], steps: [{ tap: debit }] }'],
    /^shop\.yaml:2: .*"x" is there twice$/,
  ],
  ['broken YAML', ['scenarios: [', 'x: }'], /^shop\.yaml:2: this is no YAML/],
  ['an empty file', [''], /^shop\.yaml:1: /],
])('%s is refused in one line with file, line and what is wanted', (_what, lines, wanted) => {
  const problem = refusal(...lines)
  expect(problem).toMatch(wanted)
  expect(problem).not.toContain('\n')
})

test('every scenario of the house is readable, and there are at least 150', () => {
  expect(shipped().length).toBeGreaterThanOrEqual(150)
})

// Complete by its types: a fault that a simulator learns must be put here; then it can be ordered, and is missed until a scenario plays it.
const HOST: Record<Fault['kind'], true> = {
  dropRequest: true,
  lateRequest: true,
  dropReply: true,
  delayReply: true,
  lateReply: true,
  duplicateReply: true,
  replyTwiceGlued: true,
  slowBytes: true,
  wrongStan: true,
  wrongAmount: true,
  wrongTid: true,
  wrongMti: true,
  wrongMac: true,
  noMac: true,
  halfFrame: true,
  closeMidFrame: true,
  closeBeforeReply: true,
  garbage: true,
  noise: true,
  askPassword: true,
  stillPaying: true,
  paidBeforeCancel: true,
  approvePart: true,
  decline: true,
  issuerScript: true,
  hostRequest: true,
  refuseConnections: true,
}
const READER: Record<CardReaderFault['kind'], true> = {
  silent: true,
  garbage: true,
  slow: true,
  wrongCrc: true,
  unreadableChip: true,
  collision: true,
  aacAtOnce: true,
  aacAfterApproval: true,
}
const PAD: Record<PinPadFault['kind'], true> = {
  silent: true,
  garbage: true,
  nak: true,
  wrongLrc: true,
  lateClosing: true,
  keyExhausted: true,
  tamper: true,
}

test('every fault of the acquirer is in some scenario', () => {
  const used = new Set(
    shipped().flatMap(({ steps }) =>
      steps.flatMap(({ step }) =>
        step.verb === 'fault' && step.with.device === 'acquirer' ? [step.with.kind] : [],
      ),
    ),
  )
  expect(Object.keys(HOST).filter((kind) => !used.has(kind))).toEqual([])
})

test.each([
  ['card-reader', Object.keys(READER)],
  ['pin-pad', Object.keys(PAD)],
] as const)('every fault that the simulated %s knows can be ordered', (device, kinds) => {
  expect(DEVICE_FAULTS[device].toSorted()).toEqual(kinds.toSorted())
})
