/** The entry point `suretill/qr`: what others may rely on. Leaving a name out later is a breaking change; everything else may move. */
export {
  type CodeContext,
  classifyCustomerCode,
  classifyCustomerCodeBytes,
  LONGEST_READING,
} from './classify.ts'
export type {
  BillRule,
  Channel,
  CodeTable,
  LinkRule,
  PaymentCodeRule,
  SchemeRule,
} from './code-table.ts'
export { type CpmReading, findApplication, parseCpm } from './cpm.ts'
export type { CpmObject } from './cpm-objects.ts'
export { crc16 } from './crc16.ts'
export { currencyDecimals } from './currency-decimals.ts'
export { type CodeDescription, describeCode } from './describe.ts'
export {
  isMpmText,
  isStrictMpm,
  type MpmCode,
  type MpmReading,
  type MpmTemplate,
  parseMpm,
} from './mpm.ts'
export { judgePayee, type PayeeReference, type PayeeVerdict } from './payee.ts'
export type { CodeSource, CodeVerdict, RejectReason } from './verdict.ts'
