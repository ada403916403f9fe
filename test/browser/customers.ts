/** Customers and the supervisor's drawer at the simulated devices themselves, without a drawing of them: who is quick and costs no browser page. */
import type { Rig } from '../rig/rig.ts'
import { PATIENCE_MS } from './sight.ts'

export type Customers = {
  /** Holds a card to its place as soon as the reader is lit. */
  readonly card: (action: 'insert' | 'tap', card: string) => Promise<void>
  /** Types on the PIN pad as soon as it asks. */
  readonly pin: (pin: string) => Promise<void>
  /** Holds a phone with a wallet or a wrong code to the scanner as soon as it looks. */
  readonly phone: (show: string) => Promise<void>
  /** Holds up the barcode of the newest slip that has one. */
  readonly lastSlip: () => Promise<void>
  /** Resolves once the devices say so; rejects after `PATIENCE_MS`. */
  readonly until: (what: string, isSo: () => boolean) => Promise<void>
}

const PIN_DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** Listens to the rig for as long as the rig runs. */
export function customersAt(rig: Rig): Customers {
  const waiting = new Set<() => void>()
  rig.onChange(() => {
    for (const look of waiting) look()
  })
  const until = async (what: string, isSo: () => boolean): Promise<void> => {
    if (isSo()) return
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        waiting.delete(look)
        reject(new Error(`waited in vain: ${what}`))
      }, PATIENCE_MS)
      const look = (): void => {
        if (!isSo()) return
        waiting.delete(look)
        clearTimeout(late)
        resolve()
      }
      waiting.add(look)
    })
  }
  const scan = async (text: string): Promise<void> => {
    await until('the scanner looks', () => rig.scanner.state().triggered)
    rig.scanner.show(text)
  }
  return {
    until,
    card: async (action, card) => {
      if (rig.cardReader.state().slot !== null) rig.cardReader.remove()
      await until('the reader is lit', () => rig.cardReader.state().lit)
      if (!rig.cardReader[action](card)) throw new Error(`the card ${card} cannot be taken`)
    },
    pin: async (pin) => {
      await until('the PIN pad asks', () => rig.pinPad.state().entering)
      for (const mark of pin) {
        const digit = PIN_DIGITS.find((one) => one === mark)
        if (digit !== undefined) rig.pinPad.press(digit)
      }
      rig.pinPad.press('enter')
    },
    phone: async (show) => {
      if (!rig.phones.open('left', show)) throw new Error(`no phone shows ${show}`)
      await scan(rig.phones.holdUp('left'))
    },
    lastSlip: async () => {
      const codes = rig.printer
        .papers()
        .flatMap(({ text }) => [...text.matchAll(/\[barcode (S\d{16})\]/g)])
      await scan(codes.at(-1)?.[1] ?? '')
    },
  }
}
