/** What the page says: its question, and when something happened, what · is money moved · what now. */
import type { VNode } from 'preact'
import type { Message } from '#shell/api/view.ts'
import { messageParts, type Words } from '../words.ts'
import { useFit } from './fit.ts'

type SayProps = {
  readonly words: Words
  /** Asked when there is no message, or together with one. */
  readonly question: string
  readonly message: Message | null
  /** In the place of what the message says is to be done now. */
  readonly now?: string
}

/** The question of the page, or the message above it. */
export function Say({ words, question, message, now }: SayProps): VNode {
  const held = useFit<HTMLDivElement>()
  return (
    <div class="say" ref={held}>
      {message === null ? null : <Told words={words} message={message} instead={now} />}
      {question === '' ? null : <p class="question">{question}</p>}
    </div>
  )
}

/** The three parts of a message, each on its own line. */
export function Told({
  words,
  message,
  instead,
}: {
  readonly words: Words
  readonly message: Message
  /** Of what the message says now. */
  readonly instead?: string | undefined
}): VNode {
  const parts = messageParts(words, message)
  const { what, money } = parts
  const now = instead ?? parts.now
  return (
    <div class="told" data-testid="message" data-message={message.key} role="status">
      <p class="told-what">{what}</p>
      {money === '' ? null : <p class="told-money">{money}</p>}
      {now === '' ? null : <p class="told-now">{now}</p>}
    </div>
  )
}
