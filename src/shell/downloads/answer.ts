/** What comes of one question of a download, and how a failed one is told. */
export type Answer =
  /** DE 39 and DE 62. */
  | { readonly kind: 'answered'; readonly code: string; readonly field62: Uint8Array }
  | { readonly kind: 'unreachable' | 'silent' | 'unusable' }

/** Asks by MTI and network management code 60.3, with DE 62 when there is something to say. */
export type Ask = (mti: string, code: string, field62: Uint8Array | null) => Promise<Answer>

export type Fetched =
  | { readonly ok: true; readonly entries: readonly Uint8Array[] }
  | {
      readonly ok: false
      readonly outcome: 'unreachable' | 'silent' | 'refused' | 'unusable'
      readonly code: string
    }

/** First byte of DE 62 of an answer. */
export const NOTHING = 0x30
export const ALL_HERE = 0x31
export const MORE = 0x32

type Good = Extract<Answer, { kind: 'answered' }>

export function isGood(answer: Answer): answer is Good {
  return answer.kind === 'answered' && answer.code === '00'
}

export function failure(answer: Answer): Fetched {
  return answer.kind === 'answered'
    ? { ok: false, outcome: 'refused', code: answer.code }
    : { ok: false, outcome: answer.kind, code: '' }
}

export function unusable(code: string): Fetched {
  return { ok: false, outcome: 'unusable', code }
}
