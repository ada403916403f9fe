/** From what the technician wrote to what the core wants to know. */
import type { AlarmRules } from '#core/alarm/alarm.ts'
import { type MinorUnits, minor } from '#core/money.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { ResponseCodes } from './config/response-codes-file.ts'
import type { TerminalFile } from './config/terminal-file.ts'

export function coreSetup(file: TerminalFile, shipped: ResponseCodes): Setup {
  const { acquirer, limits, merchant, terminal } = file
  const codes = codesOf(file, shipped)
  return {
    merchantName: merchant.name,
    merchantNumber: merchant.number,
    terminalNumber: terminal.number,
    acquirerName: acquirer.name,
    currency: terminal.currency,
    hotline: terminal.hotline,
    drill: false,
    locale: { counter: terminal.locale.counter, customer: terminal.locale.customer },
    operators: file.operators,
    limits: {
      maxAmountMinor: minor(limits.maxAmountMinor),
      contactlessNoPinMinor: minor(limits.contactlessNoPinMinor),
      presentTimeoutMs: limits.presentTimeoutMs,
      pinTimeoutMs: limits.pinTimeoutMs,
    },
    chipFallback: file.cards.chipFallback,
    codes: file.codes,
    refundGuard: refundGuardOf(file),
    ...(file.approvals.badge === 'off' ? {} : { badge: file.approvals.badge }),
    power: { warnPercent: file.power.warnPercent, stopPercent: file.power.stopPercent },
    alarms: alarmRules(file.alarms),
    idle: file.idle,
    ...(file.payee === undefined ? {} : { payee: { daily: file.payee.daily } }),
    amountGuard: {
      ...file.amountGuard,
      askRightAboveMinor: minorOrNull(file.amountGuard.askRightAboveMinor),
      secondPersonAboveMinor: minorOrNull(file.amountGuard.secondPersonAboveMinor),
    },
    ...(file.till === undefined ? {} : { till: { linesOnSlip: file.till.linesOnSlip } }),
    ...(file.slips.signOnScreenMs === undefined
      ? {}
      : { signature: { timeoutMs: file.slips.signOnScreenMs } }),
    report: file.report,
    holds: file.holds,
    incidents: { dueMs: file.incidents.dueDays * DAY_MS },
    slips: { ...slipsOf(file.slips), printer: printerOf(file) },
    host: {
      replyTimeoutMs: acquirer.replyTimeoutMs,
      approvals: codes.approvals,
      reversalDone: codes.reversalDone,
      unfinished: codes.unfinished,
      signOnAgain: codes.signOnAgain,
      codeExpired: codes.codeExpired,
      refundUndecided: acquirer.refundUndecided,
      macFailuresMost: acquirer.macFailuresMost,
      partialApproval: acquirer.controlField.tail.startsWith('1'),
      reversalRetryMs: acquirer.reversal.retryAfterMs,
      linkRetryMs: acquirer.linkRetryMs,
      linkRetryMostMs: acquirer.linkRetryMostMs,
      echoEveryMs: acquirer.echo.everyMs,
      scriptNoticeTries: acquirer.scriptNoticeTries,
      signOnEveryMs: acquirer.signOnEveryHours * HOUR_MS,
      signOffAfterSettlement: acquirer.signOffAfterSettlement,
      downloads: acquirer.downloads,
      requests: acquirer.hostRequests,
      codeProcessingCode: acquirer.paymentCode.processingCode,
      settlement: acquirer.settlement,
      ...codeQueryRules(acquirer.codeQuery),
      ...uploadRules(acquirer.signatureUpload),
    },
  }
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

function minorOrNull(amount: number | null): MinorUnits | null {
  return amount === null ? null : minor(amount)
}

function alarmRules({ withinMinutes, ...rules }: TerminalFile['alarms']): AlarmRules {
  return { ...rules, withinMs: withinMinutes * MINUTE_MS }
}

function refundGuardOf({ refundGuard }: TerminalFile): NonNullable<Setup['refundGuard']> {
  const { askCause, coolOffMs, otherTerminals, proveTyped, ...limits } = refundGuard
  const { coolOffAboveMinor, mostMinor, mostPerDayMinor, toldAboveMinor } = limits
  return {
    coolOffMs,
    proveTyped,
    askCause,
    otherTerminals,
    ...(mostMinor === undefined ? {} : { mostMinor: minor(mostMinor) }),
    ...(mostPerDayMinor === undefined ? {} : { mostPerDayMinor: minor(mostPerDayMinor) }),
    ...(toldAboveMinor === undefined ? {} : { toldAboveMinor: minor(toldAboveMinor) }),
    ...(coolOffAboveMinor === undefined ? {} : { coolOffAboveMinor: minor(coolOffAboveMinor) }),
  }
}

/** The acquirer's own lists go before the shipped ones. */
export function codesOf(
  { acquirer: { responseCodes: own } }: TerminalFile,
  shipped: ResponseCodes,
): Omit<ResponseCodes, 'version'> {
  return {
    approvals: own.approvals ?? shipped.approvals,
    reversalDone: own.reversalDone ?? shipped.reversalDone,
    unfinished: own.unfinished ?? shipped.unfinished,
    signOnAgain: own.signOnAgain ?? shipped.signOnAgain,
    codeExpired: own.codeExpired ?? shipped.codeExpired,
  }
}

type CodeQuerySection = TerminalFile['acquirer']['codeQuery']

function codeQueryRules(section: CodeQuerySection): Pick<Setup['host'], 'codeQuery'> {
  if (section === 'none') return {}
  const { cancelAfterMs, cancelsBeforeHelp, everyMs, notPaid, open, paying, tries } = section
  return {
    codeQuery: { everyMs, tries, cancelAfterMs, cancelsBeforeHelp, paying, open, notPaid },
  }
}

function uploadRules({
  accepted,
  retryAfterMs,
  stan,
  tries,
}: TerminalFile['acquirer']['signatureUpload']): Pick<Setup['host'], 'signatureUpload'> {
  if (tries === 0) return {}
  return {
    signatureUpload: { accepted, tries, retryMs: retryAfterMs, ownStan: stan === 'own' },
  }
}

/** What makes another paper of the same slip: not the cable. */
function printerOf({ devices: { printer } }: TerminalFile): string {
  return `${printer.model} ${printer.columns}`
}

/** Signing on the screen is a part of its own; the secret of a link must not come into the journal. */
function slipsOf({
  link: _link,
  signOnScreenMs: _signing,
  ...slips
}: TerminalFile['slips']): Setup['slips'] {
  return slips
}
