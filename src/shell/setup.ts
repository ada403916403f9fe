/** From what the technician wrote to what the core and the acquirer link want to know. */
import { minor } from '#core/money.ts'
import type { WorkingKeyLayout } from '#core/ports/keys.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { UNIONPAY_FRAME } from '#iso8583/frame.ts'
import type { AcquirerSettings } from './acquirer/acquirer.ts'
import type { ResponseCodes } from './config/response-codes-file.ts'
import type { TerminalFile } from './config/terminal-file.ts'

export function coreSetup(file: TerminalFile, codes: ResponseCodes): Setup {
  const { acquirer, limits, merchant, terminal } = file
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
    amountGuard: {
      ...file.amountGuard,
      secondPersonAboveMinor:
        file.amountGuard.secondPersonAboveMinor === null
          ? null
          : minor(file.amountGuard.secondPersonAboveMinor),
    },
    slips: file.slips,
    host: {
      replyTimeoutMs: acquirer.replyTimeoutMs,
      approvals: codes.approvals,
      reversalDone: codes.reversalDone,
      signOnAgain: codes.signOnAgain,
      reversalRetryMs: acquirer.reversal.retryAfterMs,
      linkRetryMs: acquirer.linkRetryMs,
      linkRetryMostMs: acquirer.linkRetryMostMs,
      echoEveryMs: acquirer.echo.everyMs,
      signOnEveryMs: acquirer.signOnEveryHours * HOUR_MS,
      downloads: acquirer.downloads,
    },
  }
}

/** DE 62 of the sign-on answer by 60.3 (unionpay-8583 section 4). */
const KEY_LAYOUTS: Readonly<
  Record<TerminalFile['acquirer']['networkManagementCode'], WorkingKeyLayout>
> = {
  '001': 'pik8-mak8',
  '003': 'pik16-mak8or16',
  '004': 'pik16-mak16-tdk16',
}

const HEX_DIGITS_PER_BYTE = 2
const HOUR_MS = 3_600_000

export function acquirerSettings(file: TerminalFile): AcquirerSettings {
  const { acquirer, merchant, terminal } = file
  return {
    hosts: [{ host: acquirer.host, port: acquirer.port }, ...acquirer.backups],
    backOff: acquirer.backOff,
    connection: acquirer.connection,
    tls:
      acquirer.tls === undefined ? null : { ...acquirer.tls, client: acquirer.tls.client ?? null },
    framing: {
      ...UNIONPAY_FRAME,
      tpduBytes: acquirer.tpdu.length / HEX_DIGITS_PER_BYTE,
      headerBytes: acquirer.header.length / HEX_DIGITS_PER_BYTE,
    },
    connectTimeoutMs: acquirer.connectTimeoutMs,
    replyTimeoutMs: acquirer.replyTimeoutMs,
    frameTimeoutMs: acquirer.frameTimeoutMs,
    echoTimeoutMs: acquirer.echo.timeoutMs,
    tpdu: acquirer.tpdu,
    header: acquirer.header,
    matchFields: acquirer.matchFields,
    networkManagementCode: acquirer.networkManagementCode,
    keyLayout: KEY_LAYOUTS[acquirer.networkManagementCode],
    choices: {
      maximumPinLength: acquirer.maximumPinLength,
      financialManagementCode: acquirer.financialManagementCode,
      paymentCode: acquirer.paymentCode,
      reversal: {
        originalData: acquirer.reversal.originalData,
        authCode: acquirer.reversal.authCode,
        chipData: acquirer.reversal.chipData,
      },
    },
    terminalNumber: terminal.number,
    merchantNumber: merchant.number,
    currency: terminal.currency,
    serial: terminal.serial,
  }
}
