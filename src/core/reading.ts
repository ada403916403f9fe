/** The Chinese reading of an amount: the same number in a shape so different that a factor of ten is seen. */
import type { MinorUnits } from './money.ts'

const DIGITS = '零一二三四五六七八九'
const PLACES = ['', '十', '百', '千']
const GROUPS = ['', '万', '亿', '万亿']

/** `3850` → 三十八元五角; `100000` → 一千元整. Everyday numerals, not the capital ones of a cheque. */
export function readAmount(amount: MinorUnits): string {
  const yuan = Math.floor(amount / 100)
  const jiao = Math.floor((amount % 100) / 10)
  const fen = amount % 10
  if (amount === 0) return '零元'
  const whole = yuan === 0 ? '' : `${readInteger(yuan)}元`
  if (jiao === 0 && fen === 0) return `${whole}整`
  const tenths = jiao > 0 ? `${DIGITS[jiao]}角` : whole === '' ? '' : '零'
  return `${whole}${tenths}${fen > 0 ? `${DIGITS[fen]}分` : ''}`
}

function readInteger(value: number): string {
  const groups: string[] = []
  let rest = value
  for (let level = 0; rest > 0; level++) {
    const part = rest % 10_000
    rest = Math.floor(rest / 10_000)
    const isApart = part < 1000 || rest % 10_000 === 0
    const gap = isApart && rest > 0 ? '零' : ''
    groups.unshift(part === 0 ? '' : `${gap}${readGroup(part)}${GROUPS[level] ?? ''}`)
  }
  return groups.join('').replace(/^一十/, '十')
}

function readGroup(value: number): string {
  let text = ''
  let zeroOwed = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(value / 10 ** place) % 10
    if (digit === 0) {
      zeroOwed = text !== ''
      continue
    }
    text += `${zeroOwed ? '零' : ''}${DIGITS[digit]}${PLACES[place]}`
    zeroOwed = false
  }
  return text
}
