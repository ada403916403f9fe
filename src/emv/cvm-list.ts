/** The cardholder verification rules of a card, tag 8E (EMV Book 3, 10.5 and annex C3). */

type CvmRule = {
  /** Both bytes as upper-case hex digits pairs: the method byte with its flag, and the condition. */
  readonly cvm: string
  readonly condition: string
  readonly method: string
  readonly conditionText: string
  /** Bit 7 of the method byte: go on to the next rule when this one fails. */
  readonly applyNextIfFails: boolean
}

type CvmList = {
  /** Amounts X and Y in minor units of the application currency. */
  readonly x: number
  readonly y: number
  readonly rules: readonly CvmRule[]
}

export type CvmListOutcome =
  | { readonly ok: true; readonly list: CvmList }
  | {
      readonly ok: false
      readonly error: 'truncated' | 'no CV rule' | 'half a CV rule' | 'too long'
    }

const HEADER_BYTES = 8
/** Annex A gives tag 8E at most 252 bytes. */
const CVM_LIST_MAX_BYTES = 252

export function parseCvmList(bytes: Uint8Array): CvmListOutcome {
  if (bytes.length < HEADER_BYTES) return { ok: false, error: 'truncated' }
  if (bytes.length > CVM_LIST_MAX_BYTES) return { ok: false, error: 'too long' }
  if (bytes.length === HEADER_BYTES) return { ok: false, error: 'no CV rule' }
  if (bytes.length % 2 !== 0) return { ok: false, error: 'half a CV rule' }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const rules: CvmRule[] = []
  for (let at = HEADER_BYTES; at < bytes.length; at += 2) {
    rules.push(rule(view.getUint8(at), view.getUint8(at + 1)))
  }
  return { ok: true, list: { x: view.getUint32(0), y: view.getUint32(4), rules } }
}

function rule(cvm: number, condition: number): CvmRule {
  return {
    cvm: byteHex(cvm),
    condition: byteHex(condition),
    method: METHODS.get(cvm & 0x3f) ?? 'unknown',
    conditionText: CONDITIONS.get(condition) ?? 'unknown',
    applyNextIfFails: (cvm & 0x40) !== 0,
  }
}

function byteHex(byte: number): string {
  return byte.toString(16).padStart(2, '0').toUpperCase()
}

const METHODS: ReadonlyMap<number, string> = new Map([
  [0x00, 'fail CVM processing'],
  [0x01, 'plaintext offline PIN'],
  [0x02, 'online PIN'],
  [0x03, 'plaintext offline PIN and signature'],
  [0x04, 'enciphered offline PIN'],
  [0x05, 'enciphered offline PIN and signature'],
  [0x06, 'facial biometric verified offline'],
  [0x07, 'facial biometric verified online'],
  [0x08, 'finger biometric verified offline'],
  [0x09, 'finger biometric verified online'],
  [0x0a, 'palm biometric verified offline'],
  [0x0b, 'palm biometric verified online'],
  [0x0c, 'iris biometric verified offline'],
  [0x0d, 'iris biometric verified online'],
  [0x1e, 'signature'],
  [0x1f, 'no CVM'],
])

const CONDITIONS: ReadonlyMap<number, string> = new Map([
  [0x00, 'always'],
  [0x01, 'unattended cash'],
  [0x02, 'not unattended cash, manual cash or purchase with cashback'],
  [0x03, 'terminal supports the CVM'],
  [0x04, 'manual cash'],
  [0x05, 'purchase with cashback'],
  [0x06, 'application currency and under X'],
  [0x07, 'application currency and over X'],
  [0x08, 'application currency and under Y'],
  [0x09, 'application currency and over Y'],
])
