/** One slip, large enough to read, and the way to those before it. */
import type { JSX } from 'preact'
import { createPortal } from 'preact/compat'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { PartProps } from './part.ts'
import { say } from './words.ts'

export function PaperDialog({
  bench,
  state,
  onClose,
}: PartProps & { onClose: () => void }): JSX.Element {
  const locale = bench.locale.value
  const { papers } = state.printer
  const [back, setBack] = useState(0)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const index = papers.length - 1 - Math.min(back, papers.length - 1)
  const paper = papers[index]
  return createPortal(
    <dialog ref={dialog} class="paper-dialog" data-testid="paper-dialog" onClose={onClose}>
      <header>
        <button type="button" disabled={index <= 0} onClick={() => setBack(back + 1)}>
          ‹ {say(locale, 'older')}
        </button>
        <span>
          {papers.length === 0 ? 0 : index + 1} / {papers.length}
        </span>
        <button type="button" disabled={back === 0} onClick={() => setBack(back - 1)}>
          {say(locale, 'newer')} ›
        </button>
        <button type="button" onClick={() => dialog.current?.close()}>
          {say(locale, 'close')}
        </button>
      </header>
      {paper && (
        <img
          src={`./api/papers/${paper.id}.svg?h=${paper.height}`}
          width={paper.width}
          height={paper.height}
          alt={paper.text}
        />
      )}
    </dialog>,
    document.body,
  )
}
