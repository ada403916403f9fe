/** After what is printed, or on what, was changed, the first paper is a test: a setting that prints nothing shows before a customer waits for a slip (idea S4-2). */
import { hostDateTime } from '../calendar.ts'
import { minor } from '../money.ts'
import type { Setup } from '../terminal/setup.ts'
import type { TerminalState } from '../terminal/state.ts'
import { queueSlip } from './decide.ts'
import type { SlipFacts } from './slip.ts'

/** `before`: what the last start knew. A terminal that never ran was tried while it was set up. */
export function withTestSlip(state: TerminalState, before: Setup): TerminalState {
  const { setup } = state
  if (before.terminalNumber === '' || setup.drill || !hasChanged(before, setup)) return state
  const slip = { facts: factsOf(state), copy: 'merchant', mark: { kind: 'original' } } as const
  return queueSlip(state, TEST_RECORD, slip, 'queued')
}

/** No record is behind it. */
const TEST_RECORD = 'test'

function hasChanged({ slips: was }: Setup, { slips: is }: Setup): boolean {
  const copies = was.copies.join() !== is.copies.join()
  // A release that did not say which printer it had is no change of the printer.
  return copies || (was.printer !== undefined && was.printer !== is.printer)
}

function factsOf({ at, setup }: TerminalState): SlipFacts {
  return {
    type: 'test',
    test: { copies: setup.slips.copies, printer: setup.slips.printer ?? '' },
    merchantName: setup.merchantName,
    merchantNumber: setup.merchantNumber,
    terminalNumber: setup.terminalNumber,
    operator: '',
    acquirerName: setup.acquirerName,
    issuer: '',
    account: '',
    entry: 'manual',
    channel: '',
    scheme: '',
    batch: '',
    trace: '',
    authCode: '',
    reference: '',
    dateTime: hostDateTime(at, '', ''),
    currency: setup.currency,
    amountMinor: minor(0),
    verification: 'noPin',
    verificationLimitMinor: null,
    chip: [],
    remarks: [],
    hotline: setup.hotline,
  }
}
