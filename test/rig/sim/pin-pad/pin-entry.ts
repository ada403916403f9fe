/** Packet 70 as the pad judges it: an entry to begin, or the error character of packet 71. */
export type EntryRequest = {
  readonly account: string
  /** Null: the terminal asks for a key of the pad's own. */
  readonly wrappedKey: Buffer | null
  readonly amount: string
}

/** Error characters of the family: 0 no account, 2 shorter than 8, 3 longer than 19, 4 not digits, 5 debit flag, 8 amount, A no key. */
export type EntryError = '0' | '2' | '3' | '4' | '5' | '8' | 'A'

/** `unique`: the pad is loaded for DUKPT and takes no other request. */
export function readEntryRequest(text: string, unique: boolean): EntryRequest | EntryError {
  const fields = text.startsWith('70.') ? text.slice(3).split('\x1c') : []
  const account = fields[0] ?? ''
  const keyAndAmount = fields[1] ?? ''
  if (account === '') return '0'
  if (!/^[0-9]+$/.test(account)) return '4'
  if (account.length < 8) return '2'
  if (account.length > 19) return '3'
  if (unique) return readUnique(account, keyAndAmount)
  // 32 hex digits and the shortest amount (0.00) are longer than 16 hex digits and the longest amount.
  const keyLength = keyAndAmount.length >= 36 ? 32 : 16
  const key = keyAndAmount.slice(0, keyLength)
  const amount = keyAndAmount.slice(keyLength)
  if (!/^[0-9A-F]+$/.test(key) || key.length !== keyLength) return 'A'
  if (!AMOUNT.test(amount)) return '8'
  return { account, wrappedKey: Buffer.from(key, 'hex'), amount }
}

/** In the place of a key: D for debit, C for credit. */
function readUnique(account: string, flagAndAmount: string): EntryRequest | EntryError {
  if (!/^[DC]/.test(flagAndAmount)) return '5'
  const amount = flagAndAmount.slice(1)
  return AMOUNT.test(amount) ? { account, wrappedKey: null, amount } : '8'
}

const AMOUNT = /^[0-9]{1,10}\.[0-9]{2}$/
