/** Looking for a parameter with the keys that every terminal has: digits are letters, as on a telephone. */
import type { Key } from '#shell/api/view.ts'

export type Seek = {
  /** Digits typed: each stands for one of its letters. */
  readonly digits: string
  readonly onlyChanged: boolean
  /** 0: all groups; otherwise the group at this place, counted from 1. */
  readonly group: number
}

export const SEEK_START: Seek = { digits: '', onlyChanged: false, group: 0 }

/** More letters than the longest name has. */
const SEEK_MAX_DIGITS = 24

/** Letters on the keys of a telephone, from 2 on. */
export const LETTERS = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'] as const

/** What the key makes of the search; null: it means nothing to it, and is the terminal's. */
export function pressSeek(seek: Seek, key: Key, groups: number): Seek | null {
  if (/^[2-9]$/.test(key)) {
    if (seek.digits.length >= SEEK_MAX_DIGITS) return seek
    return { ...seek, digits: seek.digits + key }
  }
  if (key === 'backspace') return { ...seek, digits: seek.digits.slice(0, -1) }
  if (key === 'clear') return SEEK_START
  if (key === 'confirm') return { ...seek, onlyChanged: !seek.onlyChanged }
  if (key === 'menu') return { ...seek, group: (seek.group + 1) % (groups + 1) }
  return key === 'cancel' && seek.digits !== '' ? { ...seek, digits: '' } : null
}

/** Whether these digits can be letters that stand together in the name, dots left out. */
export function fitsDigits(name: string, digits: string): boolean {
  return digitsOf(name).includes(digits)
}

function digitsOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .replaceAll(/[a-z]/g, (letter) => String(LETTERS.findIndex((one) => one.includes(letter)) + 2))
}

/** Which letters were typed, group by group. */
export function lettersOf(digits: string): string {
  return digits.replaceAll(/[2-9]/g, (digit) => `${LETTERS[Number(digit) - 2] ?? ''} `).trimEnd()
}
