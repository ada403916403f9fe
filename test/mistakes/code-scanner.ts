/** A scanner in front of the real classifier: what is held under it becomes the event that the terminal's intake would make of it. */
import type { EventBody } from '#core/terminal/event.ts'
import { classifyCustomerCode } from '#qr/classify.ts'
import type { CodeTable } from '#qr/code-table.ts'

export type CodeScanner = {
  readonly arm: (tell: (event: EventBody) => void) => void
  readonly disarm: () => void
  /** `owner`: whose phone or thing it is; it becomes the fingerprint. False while the scanner is dark. */
  readonly hold: (text: string, owner: string) => boolean
  /** Payee codes, contacts and goods that were taken for a customer's payment code. */
  readonly wronglyTaken: () => number
}

export function createCodeScanner(table: CodeTable): CodeScanner {
  let armed: ((event: EventBody) => void) | null = null
  let handles = 0
  let wronglyTaken = 0
  return {
    arm: (tell) => {
      armed = tell
    },
    disarm: () => {
      armed = null
    },
    wronglyTaken: () => wronglyTaken,
    hold: (text, owner) => {
      const tell = armed
      if (tell === null) return false
      const { asCustomerCode, rejectReason, channel } = classifyCustomerCode(text, table)
      if (asCustomerCode === 'reject' || channel === null) {
        const why = rejectReason ?? 'NOT_A_PAYMENT_CODE'
        tell({ type: 'codeRefused', why, digits: text.length })
        return true
      }
      handles += 1
      const code = { handle: `code-${handles}`, channel, masked: masked(text), fingerprint: owner }
      if (asCustomerCode === 'accept') {
        if (owner === '') wronglyTaken += 1
        tell({ type: 'codeAccepted', code })
      } else tell({ type: 'codeDoubted', code, why: rejectReason ?? '' })
      return true
    },
  }
}

function masked(text: string): string {
  return `${'*'.repeat(Math.max(0, text.length - 4))}${text.slice(-4)}`
}

/** A payment code of this wallet, as the customer's phone shows it: eighteen digits that were never shown before. */
export function paymentCode(serial: number): string {
  return `13${String(serial).padStart(16, '0')}`
}

/** Things that people hold under a scanner and that are no payment codes of a customer. */
export const WRONG_CODES = [
  'wxp://f2f0AbCdEfGhIjKlMnOpQrStUvWxYz012345678901',
  'https://qr.alipay.com/fkx01234abcdefghijklmn0',
  'https://qr.95516.com/00010000/01022154000000000000000000000000',
  'https://u.wechat.com/EAAbCdEfGhIjKlMnOpQrStUv',
  'https://qr.shouqianba.com/18012345678901234567',
  '6901234567892',
  '9787111128069',
  '420000123420261121123456789012',
  'https://example.com/menu?table=7',
  'WIFI:T:WPA;S:shop;P:secret;;',
] as const
