/** What the four digits of a message type mean in ISO 8583:1987, 1993 and 2003. */
import type { FieldName } from './dialect/dialect-spec.ts'

export type MessageType = {
  readonly version: '1987' | '1993' | '2003' | 'national' | 'private' | 'unknown'
  readonly class: FieldName
  readonly function: FieldName
  readonly origin: FieldName
}

/** The message type in words; null unless `mti` is four digits. */
export function messageType(mti: string): MessageType | null {
  if (!/^[0-9]{4}$/.test(mti)) return null
  return {
    version: VERSIONS[mti.charAt(0)] ?? 'unknown',
    class: CLASSES[mti.charAt(1)] ?? RESERVED,
    function: FUNCTIONS[mti.charAt(2)] ?? RESERVED,
    origin: ORIGINS[mti.charAt(3)] ?? RESERVED,
  }
}

/** The type of the answer to `mti` (0200 → 0210, 0421 → 0430); null when `mti` is itself an answer, or no type. */
export function answerType(mti: string): string | null {
  if (!/^[0-9]{4}$/.test(mti)) return null
  const purpose = Number(mti[2])
  const origin = Number(mti[3])
  // Even functions ask (request, advice, notification, instruction); a repeat (odd origin) is answered like the first.
  return purpose % 2 === 0 && purpose <= 6
    ? `${mti.slice(0, 2)}${purpose + 1}${origin - (origin % 2)}`
    : null
}

const RESERVED: FieldName = { 'zh-CN': '保留', en: 'reserved' }

const VERSIONS: Readonly<Record<string, MessageType['version']>> = {
  0: '1987',
  1: '1993',
  2: '2003',
  8: 'national',
  9: 'private',
}

const CLASSES: Readonly<Record<string, FieldName>> = {
  1: { 'zh-CN': '授权', en: 'authorization' },
  2: { 'zh-CN': '金融', en: 'financial' },
  3: { 'zh-CN': '文件', en: 'file action' },
  4: { 'zh-CN': '冲正', en: 'reversal' },
  5: { 'zh-CN': '对账', en: 'reconciliation' },
  6: { 'zh-CN': '管理', en: 'administrative' },
  7: { 'zh-CN': '收费', en: 'fee collection' },
  8: { 'zh-CN': '网络管理', en: 'network management' },
}

const FUNCTIONS: Readonly<Record<string, FieldName>> = {
  0: { 'zh-CN': '请求', en: 'request' },
  1: { 'zh-CN': '请求应答', en: 'request response' },
  2: { 'zh-CN': '通知', en: 'advice' },
  3: { 'zh-CN': '通知应答', en: 'advice response' },
  4: { 'zh-CN': '告知', en: 'notification' },
  5: { 'zh-CN': '告知确认', en: 'notification acknowledgement' },
  6: { 'zh-CN': '指示', en: 'instruction' },
  7: { 'zh-CN': '指示确认', en: 'instruction acknowledgement' },
}

const ORIGINS: Readonly<Record<string, FieldName>> = {
  0: { 'zh-CN': '受理方', en: 'acquirer' },
  1: { 'zh-CN': '受理方重发', en: 'acquirer repeat' },
  2: { 'zh-CN': '发卡方', en: 'issuer' },
  3: { 'zh-CN': '发卡方重发', en: 'issuer repeat' },
  4: { 'zh-CN': '其他', en: 'other' },
  5: { 'zh-CN': '其他重发', en: 'other repeat' },
}
