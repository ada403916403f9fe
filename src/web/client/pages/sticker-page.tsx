/** The shop's own receive code: scan it, or the alarm that what hangs there is somebody else's. */
import { TriangleAlert } from 'lucide'
import type { VNode } from 'preact'
import type { PageProps } from '../desk.ts'
import { CancelOnly, Confirm } from '../parts/answers.tsx'
import { Icon } from '../parts/icon.tsx'
import { Say } from '../parts/say.tsx'

export function StickerPage({ desk, page }: PageProps<'checkSticker'>): VNode {
  const { words, view, press } = desk
  return (
    <>
      {page.found === 'foreign' ? (
        <div class="alarm">
          <Icon of={TriangleAlert} />
          <Say words={words} question="" message={view.message} />
        </div>
      ) : (
        <Say
          words={words}
          question={view.message === null ? (words.pages['checkSticker']?.question ?? '') : ''}
          message={view.message}
        />
      )}
      {page.found === 'foreign' ? (
        <div class="answers">
          <Confirm words={words} press={press} label={words.options['acknowledge'] ?? ''} />
        </div>
      ) : (
        <CancelOnly words={words} press={press} />
      )}
    </>
  )
}
