/** The acquirer as a ledger: what it holds is the truth that terminal, paper and people are measured against. */
import type { Faults } from './faults.ts'
import { breach } from './interruptions.ts'
import { judge, KINDS, type KindName, type Movement, take, totalsOf, undo } from './ledger.ts'

export type Financial = {
  readonly kind: KindName
  readonly stan: string
  readonly batch: string
  readonly amountMinor: number
  /** Which working keys the terminal signed with. */
  readonly keys: number
  /** The payment code, good once; null for a card, and where an original is named instead. */
  readonly code: string | null
  /** `<batch>-<stan>` of what is voided, refunded or completed; null for none. */
  readonly original: string | null
}

export type Request =
  | { readonly ask: 'financial'; readonly body: Financial }
  | {
      readonly ask: 'reversal'
      readonly stan: string
      readonly batch: string
      readonly amountMinor: number
      readonly keys: number
    }
  | {
      readonly ask: 'query'
      readonly stan: string
      /** `<batch>-<stan>` of the code payment. */
      readonly original: string
      readonly keys: number
    }
  | {
      readonly ask: 'batch'
      readonly mti: '0500' | '0320'
      readonly stan: string
      readonly batch: string
      /** 60.3: 201 asks or uploads, 202 and 207 end the batch. */
      readonly management: string
      /** DE 48. */
      readonly totals: string
    }
  | { readonly ask: 'signOn' | 'signOff'; readonly stan: string }
  | {
      readonly ask: 'notice'
      readonly stan: string
      /** `<batch>-<stan>` of the transaction whose scripts ran. */
      readonly original: string
    }
  | {
      readonly ask: 'signature'
      readonly stan: string
      /** `<batch>-<stan>` of the payment that was signed for. */
      readonly record: string
    }
  | { readonly ask: 'echo' }

export type Answer = {
  readonly mti: string
  readonly fields: Readonly<Record<string, string>>
  /** The keys that made the MAC; null = no MAC. */
  readonly keys: number | null
}

/** An answer that is still being written. */
type Said = Answer & { readonly fields: Record<string, string> }

export type Host = {
  readonly process: (request: Request) => Answer
  /** Everybody who was asked for a password has entered it by now. */
  readonly customersPay: () => void
  /** Payments whose signatures are here, as `<batch>-<stan>`. */
  readonly signatures: ReadonlySet<string>
  /** Keyed `<batch>-<stan>`. */
  readonly ledger: ReadonlyMap<string, Movement>
}

/** Of one card sale in so many a part is approved: without a throw of the dice, so that other houses' stories stay as they are. */
const PART_EVERY = 7
const PART = 0.6

function mayBePart({ amountMinor, code, kind, stan }: Financial): boolean {
  return kind === 'sale' && code === null && amountMinor > 2 && Number(stan) % PART_EVERY === 0
}

export type HostNumbers = { readonly terminalNumber: string; readonly merchantNumber: string }

/** `onReversed` is called when an approval is taken back. `givesParts`: of some sales a part is approved. */
export function createHost(
  numbers: HostNumbers,
  faults: Faults,
  onReversed: (id: string) => void,
  givesParts = false,
): Host {
  const ledger = new Map<string, Movement>()
  const usedCodes = new Set<string>()
  /** Every request that ever came. */
  const asked = new Set<string>()
  const signatures = new Set<string>()
  const pending = new Map<string, { kind: KindName; amountMinor: number; reference: string }>()
  let batch = 1
  let keys = 0
  let issued = 0
  let references = 0
  let busy = 0

  const answer = (mti: string, stan: string, code: string): Said => ({
    mti,
    keys: code === 'A0' ? null : keys,
    fields: { '11': stan, '12': '120001', '13': '1121', '39': code, '41': numbers.terminalNumber },
  })

  // Field by field: a literal with other fields spread into it costs ten times as much.
  const refuse = ({ amountMinor, kind, stan }: Financial, code: string): Said => {
    const { mti, processingCode } = KINDS[kind]
    const said = answer(mti, stan, code)
    said.fields['3'] = processingCode
    said.fields['4'] = de4(amountMinor)
    said.fields['42'] = numbers.merchantNumber
    return said
  }
  const approve = (body: Financial, reference: string): Answer => {
    const said = refuse(body, '00')
    said.fields['37'] = reference
    said.fields['38'] = 'A12345'
    if (body.kind === 'balance') said.fields['54'] = `1001156C${de4(123_456)}`
    return said
  }

  const move = (body: Financial): Answer => {
    const id = `${body.batch}-${body.stan}`
    asked.add(id)
    if (body.keys !== keys || faults.strikes('hostForgetsKeys')) {
      keys = -1
      return refuse(body, 'A0')
    }
    const known = ledger.get(id)
    // A refund is repeated until it is answered, and means the same each time.
    if (known !== undefined && body.kind === 'refund' && known.kind === 'refund') {
      if (faults.strikes('hostBusy')) return refuse(body, sayBusy())
      return known.status === 'approved' ? approve(body, known.reference) : refuse(body, known.code)
    }
    // A refund is about any day; a repeated one still carries the batch of its first message.
    if (body.kind !== 'refund' && body.batch !== sixDigits(batch)) return refuse(body, '77')
    if (known !== undefined) return refuse(body, '94')
    const { original, kind, amountMinor, code } = body
    const used = code !== null && usedCodes.has(code)
    const verdict = used ? '12' : judge(ledger, { kind, amountMinor, original })
    const final = verdict === '00' && faults.strikes('decline') ? '51' : verdict
    references += 1
    const reference = String(references).padStart(12, '0')
    if (code !== null && final === '00' && faults.strikes('askPassword')) {
      usedCodes.add(code)
      pending.set(id, { kind, amountMinor, reference })
      return refuse(body, '09')
    }
    const isPart = givesParts && final === '00' && mayBePart(body)
    const heldMinor = isPart ? Math.ceil(amountMinor * PART) : amountMinor
    if (kind !== 'balance')
      take(ledger, {
        id,
        kind,
        amountMinor: heldMinor,
        askedMinor: amountMinor,
        original,
        code: final,
        reference,
      })
    if (final !== '00') return refuse(body, final)
    if (code !== null) usedCodes.add(code)
    const said = approve(body, reference)
    return isPart ? { ...said, fields: { ...said.fields, '4': de4(heldMinor), '39': '10' } } : said
  }

  /** The customer enters a password, sooner or later; what is not confirmed is not booked. */
  const confirm = (id: string): void => {
    const waiting = pending.get(id)
    pending.delete(id)
    if (waiting !== undefined) {
      const askedMinor = waiting.amountMinor
      take(ledger, { ...waiting, askedMinor, id, code: '00', original: null })
    }
  }

  /** Of a refund that is asked again: a system error, or still at it, in turn. */
  const sayBusy = (): string => {
    busy += 1
    return busy % 2 === 0 ? '96' : '09'
  }

  /** What became of a code payment: 00 it stands, 09 still paying, 22 taken back, 25 unknown, else its refusal. */
  const word = (request: Extract<Request, { ask: 'query' }>): Answer => {
    const { original, stan } = request
    if (request.keys !== keys) return answer('0210', stan, 'A0')
    if (faults.strikes('hostBusy')) return answer('0210', stan, '96')
    if (pending.has(original)) {
      if (faults.strikes('stillPaying')) return answer('0210', stan, '09')
      confirm(original)
    }
    const found = ledger.get(original)
    if (found === undefined || found.status === 'blocked') return answer('0210', stan, '25')
    if (found.status === 'declined') return answer('0210', stan, found.code)
    const stands = found.status === 'approved' && found.closedBy === null
    if (!stands) return answer('0210', stan, '22')
    const said = answer('0210', stan, '00')
    said.fields['4'] = de4(found.amountMinor)
    said.fields['37'] = found.reference
    said.fields['38'] = 'A12345'
    said.fields['42'] = numbers.merchantNumber
    return said
  }

  const reverse = (request: Extract<Request, { ask: 'reversal' }>): Answer => {
    const { stan } = request
    if (request.keys !== keys) return answer('0410', stan, 'A0')
    if (faults.strikes('hostBusy')) return answer('0410', stan, '96')
    const id = `${request.batch}-${stan}`
    if (faults.strikes('paidBeforeCancel')) confirm(id)
    pending.delete(id)
    const { code, took } = undo(ledger, id, request.amountMinor)
    if (took) onReversed(id)
    return answer('0410', stan, code)
  }

  /** Once a terminal asks for its totals, nothing of it is in doubt: they must be ours to the last fen. */
  const settle = (request: Extract<Request, { ask: 'batch' }>): Answer => {
    const { stan } = request
    if (request.mti === '0320') {
      if (request.management !== '201' && request.batch === sixDigits(batch)) batch += 1
      return answer('0330', stan, '00')
    }
    const own = totalsOf(ledger, request.batch)
    if (request.totals.slice(0, 30) !== own)
      breach(`I1: batch ${request.batch} is ${own} at the host and ${request.totals} here`)
    const differs = faults.strikes('totalsDiffer')
    const flag = differs ? '2' : '1'
    const said = answer('0510', stan, '00')
    said.fields['48'] = `${own}${flag}${'0'.repeat(30)}1`
    return said
  }

  const signOn = (stan: string): Answer => {
    if (faults.strikes('signOnRefused')) return answer('0810', stan, '97')
    issued += 1
    keys = issued
    if (faults.strikes('batchAhead')) batch += 1
    const offered = faults.strikes('batchBehind') ? Math.max(1, batch - 1) : batch
    const said = answer('0810', stan, '00')
    said.fields['60'] = `00${sixDigits(offered)}001`
    said.fields['62'] = String(keys)
    return said
  }

  return {
    ledger,
    signatures,
    customersPay: () => {
      for (const id of pending.keys()) confirm(id)
    },
    process: (request) => {
      switch (request.ask) {
        case 'financial':
          return move(request.body)
        case 'reversal':
          return reverse(request)
        case 'query':
          return word(request)
        case 'batch':
          return settle(request)
        case 'signOff':
          return answer('0830', request.stan, '00')
        case 'signOn':
          return signOn(request.stan)
        case 'notice':
          if (!asked.has(request.original))
            breach(`a notice names ${request.original}, unknown here`)
          return answer('0630', request.stan, '00')
        case 'signature': {
          if (ledger.get(request.record) === undefined)
            breach(`a signature names ${request.record}, unknown here`)
          const code = signatures.has(request.record) ? '94' : '00'
          signatures.add(request.record)
          return answer('0830', request.stan, code)
        }
        case 'echo':
          return { mti: '0830', keys: null, fields: { '39': '00' } }
      }
    },
  }
}

function sixDigits(value: number): string {
  return String(value).padStart(6, '0')
}

function de4(amountMinor: number): string {
  return String(amountMinor).padStart(12, '0')
}
