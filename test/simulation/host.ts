/** The acquirer as a ledger: what it holds is the truth that terminal, paper and people are measured against. */
import type { Faults } from './faults.ts'

export type Request =
  | {
      readonly kind: 'sale'
      readonly stan: string
      readonly batch: string
      readonly amountMinor: number
      /** Which working keys the terminal signed with. */
      readonly keys: number
      /** The payment code, good once; null for a card. */
      readonly code: string | null
    }
  | {
      readonly kind: 'reversal'
      readonly stan: string
      readonly batch: string
      readonly amountMinor: number
      readonly keys: number
    }
  | { readonly kind: 'signOn'; readonly stan: string; readonly batch: string }
  | { readonly kind: 'echo' }

export type Answer = {
  readonly mti: string
  readonly fields: Readonly<Record<string, string>>
  /** The keys that made the MAC; null = no MAC. */
  readonly keys: number | null
}

export type Authorization = {
  readonly stan: string
  readonly batch: string
  readonly amountMinor: number
  /** `blocked`: reversed before it came, so it must not be approved any more. */
  status: 'approved' | 'declined' | 'reversed' | 'blocked'
}

export type Host = {
  readonly process: (request: Request) => Answer
  /** Keyed `<batch>-<stan>`. */
  readonly ledger: ReadonlyMap<string, Authorization>
}

export type HostNumbers = { readonly terminalNumber: string; readonly merchantNumber: string }

/** Called when an approval is taken back. */
type OnReversed = (id: string) => void

export function createHost(numbers: HostNumbers, faults: Faults, onReversed: OnReversed): Host {
  const ledger = new Map<string, Authorization>()
  const usedCodes = new Set<string>()
  let batch = 1
  let keys = 0
  let issued = 0
  let references = 0

  const answer = (mti: string, request: { stan: string }, code: string, more = {}): Answer => ({
    mti,
    keys: code === 'A0' ? null : keys,
    fields: {
      '11': request.stan,
      '12': '120001',
      '13': '1121',
      '39': code,
      '41': numbers.terminalNumber,
      ...more,
    },
  })

  const sell = (request: Extract<Request, { kind: 'sale' }>): Answer => {
    const id = `${request.batch}-${request.stan}`
    const fields = {
      '3': '000000',
      '4': String(request.amountMinor).padStart(12, '0'),
      '42': numbers.merchantNumber,
    }
    const refuse = (code: string): Answer => {
      if (!ledger.has(id)) ledger.set(id, { ...entryOf(request), status: 'declined' })
      return answer('0210', request, code, fields)
    }
    if (request.keys !== keys || faults.strikes('hostForgetsKeys')) {
      keys = -1
      return refuse('A0')
    }
    if (request.batch !== sixDigits(batch)) return refuse('77')
    if (ledger.has(id)) return refuse('94')
    if (request.code !== null && usedCodes.has(request.code)) return refuse('12')
    if (faults.strikes('decline')) return refuse('51')
    if (request.code !== null) usedCodes.add(request.code)
    ledger.set(id, { ...entryOf(request), status: 'approved' })
    references += 1
    const reference = String(references).padStart(12, '0')
    return answer('0210', request, '00', { ...fields, '37': reference, '38': 'A12345' })
  }

  const reverse = (request: Extract<Request, { kind: 'reversal' }>): Answer => {
    if (request.keys !== keys) return answer('0410', request, 'A0')
    if (faults.strikes('hostBusy')) return answer('0410', request, '96')
    const id = `${request.batch}-${request.stan}`
    const original = ledger.get(id)
    if (original === undefined) {
      ledger.set(id, { ...entryOf(request), status: 'blocked' })
      return answer('0410', request, '25')
    }
    if (original.amountMinor !== request.amountMinor) return answer('0410', request, '64')
    if (original.status === 'approved') {
      original.status = 'reversed'
      onReversed(id)
    }
    return answer('0410', request, original.status === 'blocked' ? '25' : '00')
  }

  const signOn = (request: Extract<Request, { kind: 'signOn' }>): Answer => {
    if (faults.strikes('signOnRefused')) return answer('0810', request, '97')
    issued += 1
    keys = issued
    if (faults.strikes('batchAhead')) batch += 1
    const offered = faults.strikes('batchBehind') ? Math.max(1, batch - 1) : batch
    return answer('0810', request, '00', {
      '60': `00${sixDigits(offered)}001`,
      '62': String(keys),
    })
  }

  return {
    ledger,
    process: (request) => {
      switch (request.kind) {
        case 'sale':
          return sell(request)
        case 'reversal':
          return reverse(request)
        case 'signOn':
          return signOn(request)
        case 'echo':
          return { mti: '0830', keys: null, fields: { '39': '00' } }
      }
    },
  }
}

function entryOf(request: { stan: string; batch: string; amountMinor: number }) {
  const { stan, batch, amountMinor } = request
  return { stan, batch, amountMinor }
}

function sixDigits(value: number): string {
  return String(value).padStart(6, '0')
}
