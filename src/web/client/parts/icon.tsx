/** One line set of icons, always beside a word; drawn from lucide's data as plain SVG elements. */
import type { IconNode } from 'lucide'
import { h, type VNode } from 'preact'

/** An icon the size of the text around it; hidden from readers, because the word beside it says the same. */
export function Icon({ of }: { readonly of: IconNode }): VNode {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {of.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  )
}
