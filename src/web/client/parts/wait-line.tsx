/** A wait is a line that fills with its real deadline; the browser animates it, no timer of ours runs. */

import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Wait } from '#shell/api/view.ts'
import { fill, type Words } from '../words.ts'

type WaitLineProps = { readonly words: Words; readonly wait: Wait; readonly clockAheadMs: number }

/** Starts where the wait stands now by the terminal's clock, and says the seconds left in words. */
export function WaitLine({ words, wait, clockAheadMs }: WaitLineProps): VNode {
  const [nowMs, setNowMs] = useState(Date.now() + clockAheadMs)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now() + clockAheadMs), 1000)
    return () => clearInterval(timer)
  }, [clockAheadMs])

  const lastsMs = Math.max(1, wait.deadlineAt - wait.startedAt)
  const goneMs = Math.min(lastsMs, Math.max(0, Date.now() + clockAheadMs - wait.startedAt))
  const leftS = Math.max(0, Math.ceil((wait.deadlineAt - nowMs) / 1000))
  return (
    <div class="wait" role="timer">
      <div class="wait-track">
        <div
          class="wait-fill"
          key={`${wait.startedAt}-${wait.deadlineAt}`}
          style={{ animationDuration: `${lastsMs}ms`, animationDelay: `-${goneMs}ms` }}
        />
      </div>
      <div class="wait-left">
        {fill(words, words.screen.secondsLeft, { seconds: String(leftS) })}
      </div>
    </div>
  )
}
