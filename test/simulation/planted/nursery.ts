/** One warm process in which money bugs are planted and looked for, whoever asks; another one when it hangs or dies. */
import { type ChildProcess, spawn } from 'node:child_process'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Found, Question } from './question.ts'

export type Nursery = {
  /**
   * Those of these seeds that find the bug, in their order, up to `enough`. One question at a time. Rejects when the bug cannot be planted, and when the
   * simulation hangs on it or the process dies.
   */
  readonly look: (question: Question) => Promise<readonly Found[]>
  readonly close: () => void
}

const LOOKER = fileURLToPath(new URL('./looker.ts', import.meta.url))
/** A planted bug may also hang the simulation. */
const LOOK_TIMEOUT_MS = 60_000
/** Of what a dying process says. */
const LAST_WORDS_LIMIT = 2000

type Looker = { readonly child: ChildProcess; readonly ask: Nursery['look'] }

export function openNursery(): Nursery {
  let looker: Looker | null = null
  const dismiss = (): void => {
    looker?.child.kill('SIGKILL')
    looker = null
  }
  return {
    look: async (question) => {
      looker ??= startLooker()
      try {
        return await looker.ask(question)
      } catch (cause) {
        dismiss()
        throw cause
      }
    },
    close: dismiss,
  }
}

function startLooker(): Looker {
  const words = ['--disable-warning=ExperimentalWarning', LOOKER]
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'pipe'] })
  let lastWords = ''
  child.stderr.on('data', (bytes: Buffer) => {
    lastWords = `${lastWords}${bytes.toString()}`.slice(-LAST_WORDS_LIMIT)
  })
  let answered: ((found: readonly Found[]) => void) | null = null
  createInterface({ input: child.stdout }).on('line', (line) => {
    const found: readonly Found[] = JSON.parse(line)
    answered?.(found)
  })
  return {
    child,
    ask: (question) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`the simulation hangs on "${question.bug?.what}"`)),
          LOOK_TIMEOUT_MS,
        )
        const gone = (): void => {
          clearTimeout(late)
          reject(new Error(`the process that looks for bugs has died: ${lastWords}`))
        }
        child.once('close', gone)
        answered = (found) => {
          clearTimeout(late)
          child.off('close', gone)
          resolve(found)
        }
        child.stdin.write(`${JSON.stringify(question)}\n`)
      }),
  }
}
