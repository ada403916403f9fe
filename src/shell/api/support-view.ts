/**
 * What a technician on the telephone asks for, as a code that a phone reads off the help page: nobody spells numbers any more. Nothing of a card,
 * a customer or a key is in it.
 */
import type { View } from './view.ts'

/** Squares of one code as the path of an SVG whose sides are `size`; white ground and quiet zone are the page's. */
export type CodePicture = { readonly size: number; readonly path: string }

/** Where the customer in front of the screen finds the slip; null: nowhere, or there is none. */
export type SlipLinkSource = () => CodePicture | null

/** Null: this text cannot be drawn, and the page shows its words alone. */
export type SupportSource = (view: View) => CodePicture | null

/** Longer values are cut: a code that a phone reads from an arm's length holds no more. */
const VALUE_LENGTH = 40

/** One line of plain ASCII: program and version, the numbers of terminal and shop, last voucher, the message on the page, the hotline. */
export function supportText({ message, support }: View, version: string): string {
  const { hotline, merchantNumber, terminalNumber, trace } = support
  const facts = [
    ['terminal', terminalNumber],
    ['merchant', merchantNumber],
    ['trace', trace],
    ['message', message?.key ?? ''],
    ['hotline', hotline],
  ]
  const told = facts.flatMap(([name, value = '']) => {
    const plain = value
      .replaceAll(/[^0-9A-Za-z .:+/-]/g, '')
      .slice(0, VALUE_LENGTH)
      .trim()
    return plain === '' ? [] : [`${name} ${plain}`]
  })
  return [`SureTill ${version}`, ...told].join(', ')
}
