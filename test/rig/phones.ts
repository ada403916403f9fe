/**
 * The customers' phones: what they hold up to the scanner. Payment codes are good for one payment, so a phone makes a
 * new one each time it is shown; wrong codes never change.
 */
import type { PhoneView, ShowView } from './bench/state.ts'
import type { CardSet } from './cards.ts'

export type Phones = {
  readonly shows: readonly ShowView[]
  state(): readonly PhoneView[]
  /** Opens something on a phone's screen, with a new code when it is a wallet. False: there is no such thing. */
  open(phone: PhoneView['id'], show: string): boolean
  /** The text now on the screen; a wallet then draws its next code. */
  holdUp(phone: PhoneView['id']): string
  /** The text held up last, by any phone: for the double use of one code. Null before the first. */
  last(): string | null
}

/** Two phones with the wallets and wrong codes of `file`. `randomDigit` gives 0 to 9. */
export function createPhones(
  file: Pick<CardSet, 'wallets' | 'wrongCodes'>,
  randomDigit: () => number,
): Phones {
  const shows: ShowView[] = [
    ...file.wallets.map(({ id, name }) => ({ id, name, wrong: false })),
    ...file.wrongCodes.map(({ id, name }) => ({ id, name, wrong: true })),
  ]
  const textFor = (show: string): string | null => {
    const wallet = file.wallets.find(({ id }) => id === show)
    if (wallet) return paymentCode(wallet, randomDigit)
    return file.wrongCodes.find(({ id }) => id === show)?.text ?? null
  }
  const firstShow = shows[0]?.id ?? ''
  const open = new Map<PhoneView['id'], { show: string; text: string }>(
    (['left', 'right'] as const).map((id, index) => {
      const show = shows[index]?.id ?? firstShow
      return [id, { show, text: textFor(show) ?? '' }]
    }),
  )
  let last: string | null = null
  return {
    shows,
    state: () => [...open].map(([id, screen]) => ({ id, ...screen })),
    open(phone, show) {
      const text = textFor(show)
      if (text === null) return false
      open.set(phone, { show, text })
      return true
    },
    holdUp(phone) {
      const screen = open.get(phone) ?? { show: firstShow, text: '' }
      last = screen.text
      open.set(phone, { show: screen.show, text: textFor(screen.show) ?? screen.text })
      return last
    },
    last: () => last,
  }
}

function paymentCode(
  wallet: { prefix: string; length: number },
  randomDigit: () => number,
): string {
  const rest = wallet.length - wallet.prefix.length
  return wallet.prefix + Array.from({ length: rest }, () => String(randomDigit())).join('')
}
