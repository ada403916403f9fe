/** Is this card good for this request? Account, status, expiry, chip, PIN, cryptogram; in that order. */
import type { CardAccount } from '../ledger/account.ts'
import { checkCryptogram } from '../security/cryptogram.ts'
import { dukptPinKey } from '../security/dukpt.ts'
import { readPinBlock } from '../security/pin-block.ts'
import { readTlv } from '../wire/tlv.ts'
import { CODE_APPROVED, type Exchange, field, field60 } from './exchange.ts'

const MAX_PIN_TRIES = 3
/** Account status → DE 39; a status not named here is declined as restricted. */
const STATUS_CODES: ReadonlyMap<string, string> = new Map([
  ['active', CODE_APPROVED],
  ['lost', '41'],
  ['stolen', '43'],
])
const CODE_RESTRICTED = '62'
const TAG_9F02_AMOUNT_AUTHORISED = '9F02'

export type CardCheck = {
  /** 00 = good; else the DE 39 to decline with. */
  readonly code: string
  readonly account: CardAccount | null
  /** There when field 55 held a good cryptogram: for the ARPC, also on a decline. */
  readonly cryptogram: { readonly arqc: Uint8Array; readonly sessionKey: Uint8Array } | null
}

/** `cryptogram: 'required'` = a chip or contactless request must carry a good ARQC; voids and refunds carry none. */
export function checkCard(exchange: Exchange, cryptogram: 'required' | 'ignored'): CardCheck {
  const account = findCard(exchange)
  if (account === null) return { code: '14', account, cryptogram: null }
  const identity = checkIdentity(exchange, account)
  if (identity !== CODE_APPROVED) return { code: identity, account, cryptogram: null }
  const chip = cryptogram === 'required' ? checkChip(exchange, account) : { code: CODE_APPROVED }
  const good = 'sessionKey' in chip ? chip : null
  if (chip.code !== CODE_APPROVED) return { code: chip.code, account, cryptogram: good }
  return { code: checkPin(exchange, account), account, cryptogram: good }
}

function findCard(exchange: Exchange): CardAccount | null {
  const track2 = field(exchange, 35)
  const pan = field(exchange, 2) === '' ? (track2.split('D')[0] ?? '') : field(exchange, 2)
  if (track2 !== '' && !track2.startsWith(`${pan}D`)) return null
  const found = exchange.ledger.accounts.find(
    (account) => account.kind === 'card' && account.pan === pan,
  )
  return found?.kind === 'card' ? found : null
}

function checkIdentity(exchange: Exchange, account: CardAccount): string {
  const status = STATUS_CODES.get(account.status) ?? CODE_RESTRICTED
  if (status !== CODE_APPROVED) return status
  const onTrack = field(exchange, 35).split('D')[1]?.slice(0, 4)
  const expiry = field(exchange, 14) === '' ? (onTrack ?? account.expiry) : field(exchange, 14)
  if (expiry !== account.expiry || account.expiry < exchange.now.yymm) return '54'
  return CODE_APPROVED
}

type ChipCheck =
  | { readonly code: string }
  | { readonly code: string; readonly arqc: Uint8Array; readonly sessionKey: Uint8Array }

function checkChip(exchange: Exchange, account: CardAccount): ChipCheck {
  const entryMode = field(exchange, 22).slice(0, 2)
  const fallback = field60(exchange.request).condition === '2'
  if (entryMode === '02' && account.hasChip && !fallback) return { code: '45' }
  if (entryMode !== '05' && entryMode !== '07') return { code: CODE_APPROVED }
  const objects = readTlv(field(exchange, 55))
  if (objects === null || objects.size === 0) return { code: '30' }
  const amount = objects.get(TAG_9F02_AMOUNT_AUTHORISED)
  if (field(exchange, 4) !== '' && amount !== field(exchange, 4)) return { code: '30' }
  const panSequence =
    field(exchange, 23) === '' ? account.panSequence : field(exchange, 23).slice(-2)
  const verdict = checkCryptogram(
    exchange.rules.issuerKey,
    { pan: account.pan, panSequence },
    objects,
  )
  return verdict.ok ? { ...verdict, code: CODE_APPROVED } : { code: '05' }
}

/** 00, or: 55 wrong PIN, 75 too many wrong ones, 99 no PIN block of this card under the terminal's key, 30 promised but missing. */
export function checkPin(exchange: Exchange, account: CardAccount): string {
  const block = field(exchange, 52)
  if (block === '') return field(exchange, 22).endsWith('1') ? '30' : CODE_APPROVED
  const key = pinKeyOf(exchange)
  if (key === null) return '99'
  if (account.pinTries >= MAX_PIN_TRIES) return '75'
  const pin = readPinBlock(key.bytes, block, account.pan, key.cipher)
  if (pin === null) return '99'
  account.pinTries = pin === account.pin ? 0 : account.pinTries + 1
  if (account.pinTries === 0) return CODE_APPROVED
  return account.pinTries >= MAX_PIN_TRIES ? '75' : '55'
}

type PinKey = { readonly cipher: 'tdes' | 'sm4'; readonly bytes: Uint8Array }

function pinKeyOf(exchange: Exchange): PinKey | null {
  const { pinDukpt } = exchange.rules
  const { keys } = exchange.terminal
  if (pinDukpt === null) return keys === null ? null : { cipher: keys.cipher, bytes: keys.pinKey }
  const bytes = dukptPinKey(pinDukpt.initialKey, field(exchange, pinDukpt.ksnField))
  return bytes === null ? null : { cipher: 'tdes', bytes }
}
