/** By what one may pay just now, each with its picture and its word. */
import { CreditCard, type IconNode, Nfc, QrCode, Rows3 } from 'lucide'
import type { VNode } from 'preact'
import type { Means } from '#shell/api/view.ts'
import { type Words, wordFor } from '../words.ts'
import { Icon } from './icon.tsx'

const ICONS: Readonly<Record<Means, IconNode>> = {
  insert: CreditCard,
  tap: Nfc,
  swipe: Rows3,
  code: QrCode,
}

type MeansListProps = { readonly words: Words; readonly means: readonly Means[] }

/** Nothing when no device is fit to take anything. */
export function MeansList({ words, means }: MeansListProps): VNode | null {
  if (means.length === 0) return null
  return (
    <ul class="means">
      {means.map((one) => (
        <li key={one}>
          <Icon of={ICONS[one]} />
          {wordFor(words.means, one)}
        </li>
      ))}
    </ul>
  )
}
