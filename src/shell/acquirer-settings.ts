/** From what the technician wrote about the acquirer to what its link wants to know. */
import type { WorkingKeyLayout } from '#core/ports/keys.ts'
import { UNIONPAY_FRAME } from '#iso8583/frame.ts'
import type { AcquirerSettings } from './acquirer/acquirer.ts'
import type { FieldChoices } from './acquirer/fields.ts'
import type { ResponseCodes } from './config/response-codes-file.ts'
import type { TerminalFile } from './config/terminal-file.ts'
import { WORKING_KEY_LAYOUTS } from './keys/working-key-layouts.ts'
import { codesOf } from './setup.ts'

const HEX_DIGITS_PER_BYTE = 2

export function acquirerSettings(file: TerminalFile, shipped: ResponseCodes): AcquirerSettings {
  const { acquirer, merchant, terminal } = file
  const { approvals, reversalDone } = codesOf(file, shipped)
  return {
    hosts: [{ host: acquirer.host, port: acquirer.port }, ...acquirer.backups],
    backOff: acquirer.backOff,
    connection: acquirer.connection,
    tls:
      acquirer.tls === undefined ? null : { ...acquirer.tls, client: acquirer.tls.client ?? null },
    http: acquirer.http ?? null,
    framing: {
      ...UNIONPAY_FRAME,
      length: lengthHeader(acquirer.lengthHeader),
      tpduBytes: acquirer.tpdu.length / HEX_DIGITS_PER_BYTE,
      headerBytes: acquirer.header.length / HEX_DIGITS_PER_BYTE,
    },
    connectTimeoutMs: acquirer.connectTimeoutMs,
    replyTimeoutMs: acquirer.replyTimeoutMs,
    frameTimeoutMs: acquirer.frameTimeoutMs,
    echoTimeoutMs: acquirer.echo.timeoutMs,
    ...(acquirer.payerField === undefined ? {} : { payerField: acquirer.payerField }),
    encryptsTrack: acquirer.trackEncryption === 'last16',
    tpdu: acquirer.tpdu,
    header: acquirer.header,
    matchFields: acquirer.matchFields,
    macCountsFor: acquirer.macOnRefusal === 'checked' ? null : [...approvals, ...reversalDone],
    networkManagementCode: acquirer.networkManagementCode,
    mac: acquirer.mac,
    ksnField: acquirer.dukpt?.ksnField ?? null,
    pinKsnField: acquirer.pinDukpt?.ksnField ?? null,
    keyLayout: keyLayout(acquirer),
    choices: fieldChoices(acquirer),
    blacklist: acquirer.blacklist,
    ...codeQueryMessage(acquirer.codeQuery),
    ...signatureMessage(acquirer.signatureUpload),
    terminalNumber: terminal.number,
    merchantNumber: merchant.number,
    currency: terminal.currency,
    serial: terminal.serial,
  }
}

type Section = TerminalFile['acquirer']

/** As the kind of keys has it, unless the acquirer puts them elsewhere; null for keys that are not fetched. */
function keyLayout({
  dukpt,
  networkManagementCode,
  workingKeys,
}: Section): WorkingKeyLayout | null {
  if (dukpt !== undefined) return null
  const usual = WORKING_KEY_LAYOUTS[networkManagementCode]
  return workingKeys === undefined ? usual : { ...usual, ...workingKeys }
}

/** A number of BCD digits is twice its bytes. */
function lengthHeader({ bytes, countsItself, encoding }: Section['lengthHeader']) {
  return { width: encoding === 'bcd' ? bytes * 2 : bytes, encoding, inclusive: countsItself }
}

/** DE 53 names the kind of key that the sign-on fetched. */
const KEY_DIGITS = { '001': '0', '003': '6', '004': '6', '005': '3' } as const

function fieldChoices(acquirer: Section): FieldChoices {
  const { reasons, ...reversal } = acquirer.reversal
  const { networkManagementCode, securityKeyDigit } = acquirer
  return {
    maximumPinLength: acquirer.maximumPinLength,
    financialManagementCode: acquirer.financialManagementCode,
    controlField: acquirer.controlField,
    securityKeyDigit:
      securityKeyDigit === 'byKeys' ? KEY_DIGITS[networkManagementCode] : securityKeyDigit,
    cardOrganization: acquirer.cardOrganization,
    operatorField: acquirer.operatorField,
    serialField: acquirer.serialField,
    paymentCode: acquirer.paymentCode,
    reversal: {
      originalData: reversal.originalData,
      followUpData: reversal.followUpData,
      securityControl: reversal.securityControl,
      authCode: reversal.authCode,
      chipData: reversal.chipData,
      reasons: {
        '98': reasons.noAnswer,
        A0: reasons.wrongMac,
        '96': reasons.cannotFinish,
        '06': reasons.other,
      },
    },
  }
}

function codeQueryMessage(section: Section['codeQuery']): Pick<AcquirerSettings, 'codeQuery'> {
  if (section === 'none') return {}
  const { processingCode, replyTimeoutMs, type } = section
  return { codeQuery: { mti: '0200', processingCode, type, replyTimeoutMs } }
}

function signatureMessage({
  retryAfterMs: _ms,
  stan: _stan,
  tries,
  ...signature
}: Section['signatureUpload']): Pick<AcquirerSettings, 'signature'> {
  return tries === 0 ? {} : { signature }
}
