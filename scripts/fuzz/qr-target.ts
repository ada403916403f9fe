/** Codes under attack: every reading has a verdict, the same one each time, and objects that were read are all of the text. */
import { classifyCustomerCodeBytes } from '#qr/classify.ts'
import type { CodeTable } from '#qr/code-table.ts'
import { parseCpm } from '#qr/cpm.ts'
import { describeCode } from '#qr/describe.ts'
import { parseMpm } from '#qr/mpm.ts'
import { parseMpmObjects } from '#qr/mpm-objects.ts'
import { judgePayee } from '#qr/payee.ts'
import { broken, type Target, type Verdict } from './target.ts'

/** A merchant's code with its text as it was shown under the scanner. */
export function merchantCodeTarget(corpus: readonly Uint8Array[]): Target {
  return {
    name: 'merchant code',
    corpus,
    judge(bytes): Verdict {
      const text = Buffer.from(bytes).toString('utf8')
      const parsed = parseMpm(text)
      const objects = parseMpmObjects(text)
      judgePayee(text, text)
      if (objects.ok !== parsed.ok) broken('objects and code disagree')
      if (!objects.ok) return 'refused'
      const written = objects.objects.map(({ id, value }) => `${id}${size(value)}${value}`)
      if (written.join('') !== text) broken('the objects are not the text')
      return 'taken'
    },
  }
}

function size(value: string): string {
  return String(Array.from(value).length).padStart(2, '0')
}

export function customerCodeTarget(table: CodeTable, corpus: readonly Uint8Array[]): Target {
  return {
    name: 'customer code',
    corpus,
    judge(bytes): Verdict {
      const verdict = classifyCustomerCodeBytes(bytes, table)
      const again = classifyCustomerCodeBytes(Uint8Array.from(bytes), table)
      if (JSON.stringify(verdict) !== JSON.stringify(again))
        broken('another verdict the second time')
      describeCode(Buffer.from(bytes).toString('utf8'), table)
      const reading = parseCpm(bytes)
      if (reading.ok) reading.wipe()
      if (reading.ok && reading.objects.some(({ value }) => value.some((byte) => byte !== 0)))
        broken('wiping leaves bytes behind')
      return verdict.asCustomerCode === 'reject' ? 'refused' : 'taken'
    },
  }
}
