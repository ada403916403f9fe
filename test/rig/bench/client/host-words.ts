/** What the host's ledger and faults are called. */
import type { Locale } from './words.ts'

type Words = { readonly 'zh-CN': string; readonly en: string }

type FaultSwitch = {
  readonly id: string
  readonly words: Words
  /** As the host takes it: for the next sale, not for an echo test in between. */
  readonly fault: {
    readonly kind: string
    readonly times: number
    readonly code?: string
    readonly mti?: string
  }
}

export const FAULTS: readonly FaultSwitch[] = [
  {
    id: 'dropReply',
    words: { 'zh-CN': '应答丢失', en: 'Answer lost' },
    fault: { kind: 'dropReply', times: 1, mti: '0200' },
  },
  {
    id: 'lateReply',
    words: { 'zh-CN': '应答迟到', en: 'Answer late' },
    fault: { kind: 'lateReply', times: 1, mti: '0200' },
  },
  {
    id: 'dropRequest',
    words: { 'zh-CN': '请求丢失', en: 'Request lost' },
    fault: { kind: 'dropRequest', times: 1, mti: '0200' },
  },
  {
    id: 'closeBeforeReply',
    words: { 'zh-CN': '未答断线', en: 'Line dropped' },
    fault: { kind: 'closeBeforeReply', times: 1, mti: '0200' },
  },
  {
    id: 'wrongMac',
    words: { 'zh-CN': '校验错误', en: 'Wrong MAC' },
    fault: { kind: 'wrongMac', times: 1, mti: '0200' },
  },
  {
    id: 'wrongAmount',
    words: { 'zh-CN': '金额不符', en: 'Wrong amount' },
    fault: { kind: 'wrongAmount', times: 1, mti: '0200' },
  },
  {
    id: 'duplicateReply',
    words: { 'zh-CN': '应答重复', en: 'Answer twice' },
    fault: { kind: 'duplicateReply', times: 1, mti: '0200' },
  },
  {
    id: 'garbage',
    words: { 'zh-CN': '应答乱码', en: 'Garbage' },
    fault: { kind: 'garbage', times: 1, mti: '0200' },
  },
  {
    id: 'decline51',
    words: { 'zh-CN': '拒绝：余额不足', en: 'Decline: no funds' },
    fault: { kind: 'decline', times: 1, mti: '0200', code: '51' },
  },
  {
    id: 'decline96',
    words: { 'zh-CN': '拒绝：系统异常', en: 'Decline: host error' },
    fault: { kind: 'decline', times: 1, mti: '0200', code: '96' },
  },
]

const KINDS: Readonly<Record<string, Words>> = {
  sale: { 'zh-CN': '消费', en: 'Sale' },
  codeSale: { 'zh-CN': '扫码支付', en: 'Scan pay' },
  void: { 'zh-CN': '撤销', en: 'Void' },
  refund: { 'zh-CN': '退货', en: 'Refund' },
  preAuth: { 'zh-CN': '预授权', en: 'Pre-auth' },
  preAuthVoid: { 'zh-CN': '预授权撤销', en: 'Pre-auth void' },
  completion: { 'zh-CN': '预授权完成', en: 'Completion' },
  completionVoid: { 'zh-CN': '预授权完成撤销', en: 'Completion void' },
  offlineSale: { 'zh-CN': '离线消费', en: 'Offline sale' },
}

/** The kind of an entry in words; an unknown kind as the host names it. */
export function entryKind(locale: Locale, kind: string): string {
  return KINDS[kind]?.[locale] ?? kind
}

const OUTCOMES: Readonly<Record<string, Words>> = {
  '00': { 'zh-CN': '成功', en: 'approved' },
  '25': { 'zh-CN': '无原交易', en: 'no original' },
  '41': { 'zh-CN': '挂失卡', en: 'lost card' },
  '51': { 'zh-CN': '余额不足', en: 'no funds' },
  '54': { 'zh-CN': '卡过期', en: 'expired' },
  '55': { 'zh-CN': '密码错', en: 'wrong PIN' },
  '61': { 'zh-CN': '超限额', en: 'over limit' },
  '75': { 'zh-CN': '密码超次', en: 'PIN tries used up' },
  '96': { 'zh-CN': '系统异常', en: 'host error' },
}

/** DE 39 in words. */
export function entryOutcome(locale: Locale, code: string): string {
  return OUTCOMES[code]?.[locale] ?? code
}
