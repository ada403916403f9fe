/** The shop's own receive code: scan it, or the alarm that what hangs there is somebody else's. */
import type { VNode } from 'preact'
import type { PageProps } from '../desk.ts'
import { CancelOnly, Confirm } from '../parts/answers.tsx'
import { Say } from '../parts/say.tsx'

export function StickerPage({ desk, page }: PageProps<'checkSticker'>): VNode {
  const { words, view, press } = desk
  return (
    <>
      <Say
        words={words}
        question={page.found === 'foreign' ? '' : (words.pages['checkSticker']?.question ?? '')}
        message={view.message}
      />
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
