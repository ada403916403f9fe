/** The questions of a guided setup. Each answer is checked at once; what is wrong is said and asked again. */
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Answers, MUST_BE_SAID, peopleProblem } from '#shell/commission/answers.ts'
import { checkOne } from '#shell/commission/make-config.ts'
import { asParameters, type Candidate, pluggedRoles } from '#shell/commission/plugged-roles.ts'
import { loadKnownDevices } from '#shell/devices/known-devices.ts'
import { listParameters } from '#shell/params/parameter.ts'
import { at } from '#shell/params/plan-change.ts'
import { readConfig } from '../params/show.ts'
import type { SetupDesk } from './desk.ts'

/** With what the shipped example has as the answer of whoever just presses enter. */
const ALSO_ASKED = [
  'terminal.currency',
  'terminal.hotline',
  'terminal.locale.counter',
  'terminal.locale.customer',
  'terminal.locale.slip',
  'acquirer.dialect',
  'acquirer.tpdu',
  'acquirer.header',
  'acquirer.mac',
  'acquirer.networkManagementCode',
] as const
const DEVICE_ROLES = ['printer', 'pinPad', 'cardReader', 'qrScanner'] as const
const ROLES = ['administrator', 'supervisor', 'cashier'] as const

type Person = Answers['people'][number]

/** Null when the input ends or a question is broken off. */
export function askAnswers(desk: SetupDesk): Answers | null {
  const set: Record<string, unknown> = {}
  for (const name of [...MUST_BE_SAID, ...ALSO_ASKED]) {
    const value = askParameter(desk, name, !isOneOf(MUST_BE_SAID, name))
    if (value === null) return null
    set[name] = value.value
  }
  for (const role of DEVICE_ROLES) {
    const settings = askDevice(desk, role)
    if (settings === null) return null
    Object.assign(set, settings)
  }
  const people = askPeople(desk)
  if (people === null) return null
  const keys = askKeys(desk)
  if (keys === null) return null
  const tests = { printer: true, scanner: true, signOn: keys.how !== 'later', drill: true }
  for (const test of ['printer', 'scanner', 'drill'] as const) {
    const answer = desk.prompt.ask(
      desk.words('setup.try', { step: desk.words(`setup.step.${test}`) }),
    )
    if (answer === null) return null
    tests[test] = !isNo(answer)
  }
  return { setup: 1, set, devices: 'asSet', files: {}, people, keys, tests }
}

function askParameter(
  desk: SetupDesk,
  name: string,
  hasDefault: boolean,
): { readonly value: unknown } | null {
  const { meanings, prompt, sharedConfig, words } = desk
  const parameter = listParameters().find((one) => one.name === name)
  const example = readConfig(join(sharedConfig, 'demo'))
  const found = hasDefault && example.ok ? at(example.value, name) : undefined
  const usual = typeof found === 'string' || typeof found === 'number' ? found : undefined
  const shown = usual === undefined ? '' : ` [${String(usual)}]`
  for (;;) {
    prompt.say(`${meanings.meanings[name] ?? name} (${parameter?.bounds ?? ''})`)
    const typed = prompt.ask(`${name}${shown}:`)
    if (typed === null) return null
    if (typed === '' && usual !== undefined) return { value: usual }
    const value =
      /^\d*…\d*$/.test(parameter?.bounds ?? '') && /^\d+$/.test(typed) ? Number(typed) : typed
    const wrong = checkOne(sharedConfig, name, value)
    if (wrong === null) return { value }
    prompt.say(words('setup.wrong', { detail: wrong }))
  }
}

/** One of those that are plugged in by its number, or settings as YAML. */
function askDevice(desk: SetupDesk, role: Candidate['role']): Record<string, unknown> | null {
  const { prompt, sharedConfig, tree, words } = desk
  const table = loadKnownDevices(join(sharedConfig, 'devices', 'known.yaml'))
  const found = (table.ok ? pluggedRoles(tree, table.devices) : []).filter(
    (one) => one.role === role,
  )
  for (;;) {
    prompt.say(words('setup.device', { role: words(`setup.role.${role}`) }))
    for (const [index, one] of found.entries())
      prompt.say(`  ${index + 1}  ${one.name} ${JSON.stringify(one.settings)}`)
    const typed = prompt.ask(`devices.${role}:`)
    if (typed === null) return null
    const chosen = found[Number(typed) - 1]
    const settings = chosen?.settings ?? settingsFrom(typed)
    const parameters = settings === null ? null : asParameters({ role, settings })
    const wrong =
      parameters === null ? words('setup.deviceForm') : wrongAmong(sharedConfig, parameters)
    if (parameters !== null && wrong === null) return parameters
    prompt.say(words('setup.wrong', { detail: wrong ?? '' }))
  }
}

function wrongAmong(sharedConfig: string, parameters: Record<string, unknown>): string | null {
  const checks = Object.entries(parameters).map(([name, value]) =>
    checkOne(sharedConfig, name, value),
  )
  return checks.find((wrong) => wrong !== null) ?? null
}

function settingsFrom(typed: string): Record<string, unknown> | null {
  try {
    const read: unknown = parse(typed, { maxAliasCount: 0 })
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : null
  } catch {
    // Not YAML: asked again.
    return null
  }
}

/** An administrator, a supervisor and a cashier at least; each types a PIN of their own twice, unseen. */
function askPeople(desk: SetupDesk): Answers['people'] | null {
  const people: Person[] = []
  for (let index = 0; ; index++) {
    const role = ROLES[index] ?? 'cashier'
    if (index >= ROLES.length) {
      const more = desk.prompt.ask(desk.words('setup.morePeople'))
      if (more === null) return null
      if (!isYes(more)) return people
    }
    const person = askPerson(desk, role, people)
    if (person === null) return null
    people.push(person)
  }
}

function askPerson(
  { prompt, words }: SetupDesk,
  role: Person['role'],
  people: readonly Person[],
): Person | null {
  for (;;) {
    const number = prompt.ask(words('setup.personNumber', { role: words(`setup.person.${role}`) }))
    if (number === null) return null
    // Before a PIN is typed twice for nothing.
    if (!/^[0-9]{2}$/.test(number) || people.some((one) => one.number === number)) {
      prompt.say(words('setup.wrong', { detail: words('setup.numberForm') }))
      continue
    }
    const pin = prompt.askHidden(words('setup.firstPin', { number }), text)
    const again = pin === null ? null : prompt.askHidden(words('setup.pinAgain'), text)
    if (pin === null || again === null) return null
    const problem = personProblem({ number, role, pin }, people)
    if (pin === again && problem === null) return { number, role, pin }
    prompt.say(words('setup.wrong', { detail: problem ?? words('setup.pinsDiffer') }))
  }
}

/** Beside the people so far; that a supervisor is still to come is no problem yet. */
function personProblem(person: Person, people: readonly Person[]): string | null {
  const others = [
    { number: '', role: 'administrator', pin: '849301' },
    { number: ' ', role: 'supervisor', pin: '517390' },
  ] as const
  return peopleProblem([...others.filter(({ pin }) => pin !== person.pin), ...people, person])
}

function askKeys({ prompt, words }: SetupDesk): Answers['keys'] | null {
  for (;;) {
    const typed = prompt.ask(words('setup.keys'))
    if (typed === null) return null
    if (typed === '1') return { how: 'components' }
    if (typed === '2') return { how: 'later' }
    if (typed !== '3') continue
    const masterKey = prompt.ask(words('setup.demonstrationKey'))
    if (masterKey === null) return null
    if (/^([0-9A-Fa-f]{16}|[0-9A-Fa-f]{32})$/.test(masterKey))
      return { how: 'demonstration', masterKey }
  }
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function isNo(answer: string): boolean {
  return ['n', 'no', '否'].includes(answer.toLowerCase())
}

function isYes(answer: string): boolean {
  return ['y', 'yes', '是'].includes(answer.toLowerCase())
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name)
}
