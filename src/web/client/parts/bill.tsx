/** What the till says the amount is made of. It scrolls in its own box: amount and keys stay where they are. */
import type { VNode } from 'preact'
import type { TillOrderView } from '#shell/api/view.ts'
import { fill, type Words } from '../words.ts'

type BillProps = { readonly words: Words; readonly order: TillOrderView }

export function Bill({ words, order }: BillProps): VNode {
  return (
    <div class="detail bill" data-testid="bill" data-reference={order.reference}>
      <p>{fill(words, words.screen.tillOrder, { reference: order.reference })}</p>
      {order.lines.map(({ name, quantity, amount }, index) => (
        <p key={index} class="bill-line">
          <span class="bill-name">{name}</span>
          <span>{quantity === 1 ? '' : `×${quantity}`}</span>
          <span class="bill-amount">{amount}</span>
        </p>
      ))}
    </div>
  )
}
