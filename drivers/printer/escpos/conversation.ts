/** Questions to one printer and their answers, one question at a time, because most answers do not say what they answer. */
import type { Clock } from '#core/ports/clock.ts'
import { createAnswers, pause } from '../../transport/answers.ts'
import type { ByteLink } from '../../transport/byte-link.ts'
import {
  DLE_DC4_CLEAR_BUFFER,
  DLE_ENQ_RECOVER_CLEARED,
  dleEot,
  ESC_INITIALISE,
  GS_A_STATUS_BACK_OFF,
  GS_I_MODEL_NAME,
  GS_R_PAPER_STATUS,
  gsHProcessId,
} from './commands.ts'
import { type Condition, fromRealTime } from './condition.ts'
import { createStatusParser, type PrinterSaid } from './status-parser.ts'

/** Real-time answers take a few milliseconds; a printer that cuts or heats may take some hundred. */
const ANSWER_MS = 1000
/** A printer that knows fn 8 answers at once; one that does not, never. */
const CLEAR_ANSWER_MS = 300
/** An empty queue is worked off at once, but a slow printer may just be initialising. */
const PROBE_MS = 1500
/** After a missed answer the line must be quiet for so long, or a late answer would be taken for the next one. */
const QUIET_MS = 200

export type Proof = 'processId' | 'barrier'

export type Conversation = {
  /** DLE EOT 2, 3, 4; null when one of them was not answered. */
  condition(): Promise<Condition | null>
  /** Drops what the printer has not printed yet. Real time: works offline. */
  clear(): Promise<void>
  /** Which proof of printing this printer can give; null when it said neither. Prints nothing. Automatic status is off afterwards. */
  probe(): Promise<{ readonly proof: Proof; readonly model: string | null } | null>
  /** Resolves true when the process-ID answer with `id` comes; false after `timeoutMs` or when the link goes. */
  processId(id: string, timeoutMs: number): Promise<boolean>
  /** The same for the answer to GS r. */
  paperSensor(timeoutMs: number): Promise<boolean>
  send(bytes: Uint8Array): Promise<boolean>
  onSaid(listener: (said: PrinterSaid) => void): void
  /** Ends every wait: what was asked no longer matters. */
  forget(): void
  /** `forget`, and drops half an answer: after a reconnect. */
  abandon(): void
}

export function createConversation(link: ByteLink, clock: Clock): Conversation {
  const parser = createStatusParser()
  const answers = createAnswers<PrinterSaid>(clock)
  const listeners: ((said: PrinterSaid) => void)[] = []

  link.onBytes((bytes) => {
    for (const said of parser.push(bytes)) {
      answers.offer(said)
      for (const listener of listeners) listener(said)
    }
  })

  async function realTime(question: 2 | 3 | 4): Promise<number | null> {
    const answer = answers.next(
      (said) => (said.kind === 'realTime' ? said.status : null),
      ANSWER_MS,
    )
    const [status] = await Promise.all([answer, link.write(dleEot(question))])
    if (status === null) await pause(clock, QUIET_MS)
    return status
  }

  /** The text of the next block with `header`; when `text` is given, only that one counts. */
  function block(header: 0x37 | 0x5f, timeoutMs: number, text?: string): Promise<string | null> {
    return answers.next((said) => {
      if (said.kind !== 'block' || said.header !== header) return null
      return text === undefined || said.text === text ? said.text : null
    }, timeoutMs)
  }

  async function paperSensor(timeoutMs: number): Promise<boolean> {
    return (
      (await answers.next((said) => (said.kind === 'paperSensor' ? true : null), timeoutMs)) ??
      false
    )
  }

  return {
    async condition() {
      const offline = await realTime(2)
      const error = offline === null ? null : await realTime(3)
      const roll = error === null ? null : await realTime(4)
      if (offline === null || error === null || roll === null) return null
      return fromRealTime(offline, error, roll)
    },
    async clear() {
      const cleared = block(0x37, CLEAR_ANSWER_MS, '%')
      await link.write(DLE_DC4_CLEAR_BUFFER)
      if ((await cleared) === null) await link.write(DLE_ENQ_RECOVER_CLEARED)
    },
    async probe() {
      await link.write(GS_A_STATUS_BACK_OFF)
      const model = block(0x5f, PROBE_MS)
      const id = block(0x37, PROBE_MS, '"PRB?')
      const barrier = paperSensor(PROBE_MS)
      // A printer that does not know GS ( H may take its parameters for text; the reset drops that line before it is printed.
      for (const command of [
        GS_I_MODEL_NAME,
        gsHProcessId('PRB?'),
        ESC_INITIALISE,
        GS_R_PAPER_STATUS,
      ])
        await link.write(command)
      const reached = await barrier
      if (!reached) return null
      answers.abandon()
      return { proof: (await id) === null ? 'barrier' : 'processId', model: await model }
    },
    async processId(id, timeoutMs) {
      return (await block(0x37, timeoutMs, `"${id}`)) !== null
    },
    paperSensor,
    send: (bytes) => link.write(bytes),
    onSaid: (listener) => void listeners.push(listener),
    forget: () => answers.abandon(),
    abandon() {
      parser.reset()
      answers.abandon()
    },
  }
}
