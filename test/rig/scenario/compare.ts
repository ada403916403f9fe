/** Compares a picture with the stage as it is, and says each difference in words. */
import type { View } from '#shell/api/view.ts'
import type { AcquirerState } from '../acquirer/state.ts'
import { brokenChain, type KeptRecord, moneyOf, readJournal } from './kept-journal.ts'
import type { Picture, RecordPicture } from './picture.ts'
import { type Stage, troublesOf } from './stage.ts'

/** Everything that is named in `picture` and is not so; empty when all of it is. */
export function differences(stage: Stage, picture: Picture): readonly string[] {
  return [
    ...screenDifferences(stage, picture, stage.screen.views.at(-1) ?? null),
    ...slipDifferences(stage, picture),
    ...journalDifferences(stage, picture),
    ...hostDifferences(stage.rig.acquirer.state(), picture),
    ...deviceDifferences(stage, picture),
  ]
}

/** The part that one view answers. */
export function screenDifferences(
  { screen: { live } }: Stage,
  { screen = {}, strip = {}, customer = {} }: Picture,
  view: View | null,
): readonly string[] {
  const asked = [screen, strip, customer].some((part) => Object.keys(part).length > 0)
  if (!asked) return []
  if (view === null || !live()) return ['the screen is dark']
  const { counter, message } = view
  const shown = {
    page: counter.kind,
    message: message?.key ?? null,
    outcome: 'outcome' in counter ? counter.outcome : null,
    amount: 'amount' in counter ? (counter.amount?.text ?? null) : null,
    due: 'due' in counter ? (counter.due?.text ?? null) : null,
    rest: 'rest' in counter ? (counter.rest?.text ?? null) : null,
    ...besideIn(counter),
    typed: 'typed' in counter ? counter.typed : null,
    channel: 'channel' in counter ? counter.channel : null,
    direction: view.direction,
    work: view.work ?? null,
    slips: 'slips' in counter ? counter.slips.map(({ state }) => state) : [],
    standings:
      counter.kind === 'records' ? counter.records.map(({ standing }) => standing ?? '') : [],
    items: counter.kind === 'openItems' ? counter.items.map((item) => item.message.key) : [],
  }
  const { faults, withFaults = [], ...plain } = strip
  const { options = [], ...rest } = screen
  const offered = 'options' in counter ? counter.options.map(({ id }) => id) : []
  const standing = troublesOf(view.strip)
  return [
    ...unlike('screen', rest, shown),
    ...absent('screen.options', options, offered),
    ...unlike('customer', customer, customerOf(view)),
    ...unlike('strip', plain, view.strip),
    ...(faults === undefined
      ? []
      : unlike('strip', { faults: faults.toSorted() }, { faults: standing.toSorted() })),
    ...absent('strip.withFaults', withFaults, standing),
  ]
}

/** The original beside the wish, on the pages that have one. */
function besideIn(counter: View['counter']): Readonly<Record<string, unknown>> {
  const original = 'original' in counter ? counter.original : undefined
  return {
    original: original?.record.amount.text ?? null,
    givenBack: original?.givenBack.text ?? null,
    left: original?.left?.text ?? null,
  }
}

function customerOf({ customer }: View): Readonly<Record<string, unknown>> {
  return {
    page: customer.kind,
    outcome: 'outcome' in customer ? customer.outcome : null,
    amount: 'amount' in customer ? customer.amount.text : null,
  }
}

function slipDifferences({ rig }: Stage, { slips }: Picture): readonly string[] {
  if (slips === undefined) return []
  const papers = rig.printer.papers().filter(({ cut }) => cut)
  const { count, contains = [], notContains = [] } = slips
  const all = papers.map(({ text }) => text).join('\n')
  return [
    ...(count === undefined ? [] : unlike('slips', { count }, { count: papers.length })),
    ...contains.filter((text) => !all.includes(text)).map((text) => `no slip shows "${text}"`),
    ...notContains.filter((text) => all.includes(text)).map((text) => `a slip shows "${text}"`),
  ]
}

function journalDifferences({ dataFolder }: Stage, { journal }: Picture): readonly string[] {
  if (journal === undefined) return []
  const kept = readJournal(dataFolder)
  if (kept.broken !== null) return [`the journal cannot be read: ${kept.broken}`]
  const chain = journal.verified === true ? brokenChain(dataFolder) : null
  const { money, records } = journal
  return [
    ...(chain === null ? [] : [`the journal is not whole: ${chain}`]),
    ...(money === undefined ? [] : unlike('journal', { money }, { money: yuan(moneyOf(kept)) })),
    ...(records === undefined ? [] : recordDifferences(records, kept.records)),
  ]
}

function recordDifferences(
  wanted: readonly RecordPicture[],
  kept: readonly KeptRecord[],
): readonly string[] {
  if (wanted.length !== kept.length)
    return [`journal.records: wanted ${wanted.length}, there are ${tellRecords(kept)}`]
  return wanted.flatMap((record, index) => {
    const one = kept[index]
    if (one === undefined) return []
    const { dueMinor, paidMinor, ...rest } = one
    const shown = { ...rest, due: yuan(dueMinor), paid: yuan(paidMinor) }
    return unlike(`journal.records.${index}`, record, shown)
  })
}

function hostDifferences(state: AcquirerState, { host }: Picture): readonly string[] {
  if (host === undefined) return []
  return unlike('host', host, {
    held: yuan(state.heldMinor),
    requests: moneyRequests(state),
    entries: state.entryCount,
    signedOn: state.terminals.some(({ signedOn }) => signedOn),
    batch: state.terminals[0]?.batch,
    blocked: yuan(blockedMinor(state)),
    signatures: state.signatures.length,
  })
}

function deviceDifferences({ rig }: Stage, { devices }: Picture): readonly string[] {
  if (devices === undefined) return []
  const { padShows, readerTakes, ...rest } = devices
  const aids = rig.cardReader.aids()
  const taken = (['chip', 'contactless'] as const).filter(
    (via) => readerTakes === undefined || aids[via].includes(readerTakes),
  )
  const display = rig.pinPad.state().display
  const shown = padShows === undefined || display.some((line) => line.includes(padShows))
  return [
    ...(taken.length === 2
      ? []
      : [`${readerTakes} is known to ${taken.join() || 'no side'} of the reader`]),
    ...(shown ? [] : [`the pad does not show "${padShows}" but "${display.join(' / ')}"`]),
    ...unlike('devices', rest, {
      readerLit: rig.cardReader.state().lit,
      padAsks: rig.pinPad.state().entering,
      scannerLooks: rig.scanner.state().triggered,
    }),
  ]
}

function blockedMinor({ accounts }: AcquirerState): number {
  return accounts.reduce((sum, one) => sum + one.balanceMinor - one.availableMinor, 0)
}

/** Types of the money requests that came, in order. */
export function moneyRequests({ messages }: AcquirerState): readonly string[] {
  return messages
    .filter(({ direction, mti }) => direction === 'in' && /^0[124]/.test(mti))
    .map(({ mti }) => mti)
}

/** Records in one line. */
export function tellRecords(records: readonly KeptRecord[]): string {
  const told = records.map(
    ({ kind, outcome, reason, paidMinor, dueMinor }) =>
      `${kind} ${outcome} ${yuan(outcome === 'approved' ? paidMinor : dueMinor)} (${reason})`,
  )
  return told.length === 0 ? 'no records' : told.join(', ')
}

/** Whole fen as `1,234.50`. */
export function yuan(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${minor < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`
}

function unlike(
  where: string,
  wanted: Readonly<Record<string, unknown>>,
  shown: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.entries(wanted).flatMap(([name, value]) => {
    const is = JSON.stringify(shown[name])
    const should = JSON.stringify(value)
    return is === should ? [] : [`${where}.${name}: wanted ${should}, is ${is}`]
  })
}

function absent(
  where: string,
  wanted: readonly string[],
  shown: readonly string[],
): readonly string[] {
  const missing = wanted.filter((one) => !shown.includes(one))
  return missing.length === 0
    ? []
    : [`${where}: ${missing.join(', ')} missing among ${shown.join(', ') || 'none'}`]
}
