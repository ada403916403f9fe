/** What a host has ready to be fetched: parameters in one run, CA keys and AIDs entry by entry. */
import { fromHex, toHex } from '../wire/hex.ts'
import { readTlv, writeTlv } from '../wire/tlv.ts'
import { type Answer, CODE_APPROVED, type Exchange, field } from './exchange.ts'

export type Downloads = {
  /** Tags and values without lengths, as ASCII. */
  readonly parameters: string
  /** Each with 9F06 and 9F22 (or 9F06 alone) and all that belongs to it, as hex. */
  readonly caKeys: readonly string[]
  readonly aids: readonly string[]
  /** Cards to be refused: numbers, or the first digits of some. */
  readonly blacklist?: readonly string[]
  /** Limits of taps without PIN and signature, by tag; absent: there is no such message. */
  readonly contactless?: Readonly<Record<string, string>>
  /** How that list is written; absent: mark, three digits of index, two digits of length. */
  readonly blacklistForm?: BlacklistForm
}

type BlacklistForm = {
  readonly indexDigits: number
  readonly marked: boolean
  readonly answersIndex: boolean
  readonly lengthDigits: number
}

const USUAL_BLACKLIST: BlacklistForm = {
  indexDigits: 3,
  marked: true,
  answersIndex: true,
  lengthDigits: 2,
}

export const NOTHING_TO_FETCH: Downloads = { parameters: '', caKeys: [], aids: [] }

const NOTHING = '30'
const ALL_HERE = '31'
const MORE = '32'
/** Entries named in one answer; the rest is asked for with the number already received. */
const NAMES_IN_ONE_ANSWER = 4
const NOT_SUPPORTED = '40'
const FORMAT_ERROR = '30'
const NAME_TAGS = ['9F06', '9F22']

/** 0800 or 0820 by 60.3; null when it is no download. */
export function answerDownload(
  exchange: Exchange,
  management: string,
  ready: Downloads,
): Answer | null {
  switch (`${exchange.request.mti}/${management}`) {
    case '0800/360':
      return content(toHex(Buffer.from(ready.parameters, 'latin1')))
    case '0820/372':
      return content(nameEntries(ready.caKeys, field(exchange, 62)))
    case '0820/382':
      return content(nameEntries(ready.aids, field(exchange, 62)))
    case '0800/370':
      return entry(ready.caKeys, field(exchange, 62))
    case '0800/380':
      return entry(ready.aids, field(exchange, 62))
    case '0800/390':
      return blacklistFrom(ready, field(exchange, 62))
    case '0800/394':
      return ready.contactless === undefined ? { code: NOT_SUPPORTED } : runOf(ready.contactless)
    case '0800/391':
    case '0800/361':
    case '0800/371':
    case '0800/381':
      return { code: CODE_APPROVED }
    default:
      return null
  }
}

/** Each tag, three digits of length, value. */
function runOf(values: Readonly<Record<string, string>>): Answer {
  const run = Object.entries(values).map(
    ([tag, value]) => `${tag}${String(value.length).padStart(3, '0')}${value}`,
  )
  return content(toHex(Buffer.from(run.join(''), 'latin1')))
}

/** `asked`: `1` and two digits of how many the terminal has, as hex of ASCII. */
function nameEntries(entries: readonly string[], asked: string): string {
  const known = Number(Buffer.from(fromHex(asked)).toString('latin1').slice(1))
  const rest = entries.slice(Number.isInteger(known) ? known : 0)
  if (rest.length === 0) return NOTHING
  const named = rest.slice(0, NAMES_IN_ONE_ANSWER).map(nameOf).join('')
  return `${rest.length > NAMES_IN_ONE_ANSWER ? MORE : ALL_HERE}${named}`
}

/** `asked`: the index of the first entry wanted, as hex of ASCII. The answer names the index of its last one. */
function blacklistFrom(
  { blacklist: cards = [], blacklistForm: form = USUAL_BLACKLIST }: Downloads,
  asked: string,
): Answer {
  const index = Buffer.from(fromHex(asked)).toString('latin1')
  if (index.length !== form.indexDigits) return { code: FORMAT_ERROR }
  const first = Number(index)
  const part = cards.slice(first, first + NAMES_IN_ONE_ANSWER)
  const isMore = cards.length > first + part.length
  const mark = form.marked ? (isMore ? '2' : '1') : ''
  const last = String(Math.max(0, first + part.length - 1)).padStart(form.indexDigits, '0')
  const text = part.map((card) => `${String(card.length).padStart(form.lengthDigits, '0')}${card}`)
  const whole = `${mark}${form.answersIndex ? last : ''}${text.join('')}`
  return content(toHex(Buffer.from(whole, 'latin1')))
}

function entry(entries: readonly string[], asked: string): Answer {
  const found = entries.find((one) => nameOf(one) === asked.toUpperCase())
  return found === undefined ? { code: NOT_SUPPORTED } : content(`${ALL_HERE}${found}`)
}

function nameOf(entry: string): string {
  const objects = readTlv(entry) ?? new Map<string, string>()
  return NAME_TAGS.map((tag) => {
    const value = objects.get(tag)
    return value === undefined ? '' : writeTlv(tag, value)
  }).join('')
}

function content(field62: string): Answer {
  return { code: CODE_APPROVED, fields: new Map([[62, field62]]) }
}
