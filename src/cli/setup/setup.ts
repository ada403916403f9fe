/** `suretill setup`: from an empty folder to a terminal that has sold and taken back in the drill, by questions or by a file of answers. */
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Command, CommanderError, Option } from 'commander'
import { ANSWERS_BYTES, readAnswers } from '#shell/commission/answers.ts'
import { createPrompt } from '#shell/commission/prompt.ts'
import { loadServiceWords } from '#shell/commission/service-words.ts'
import { judgeSignature } from '#shell/config/signature.ts'
import type { TechnicianLocale } from '#shell/devices/technician-words.ts'
import { loadParameterWords } from '#shell/params/words.ts'
import { commission } from './commission.ts'
import type { Given, SetupDesk, SetupIo } from './desk.ts'
import { askAnswers } from './questions.ts'

type Flags = {
  readonly into: string
  readonly data?: string
  readonly answers?: string
  readonly signer?: string
  readonly check?: true
  readonly lang: TechnicianLocale
  readonly json?: true
}

/** Exit codes: 0 set up, 1 something did not answer and nothing was kept, 2 answers or places that cannot be used. */
export function registerSetup(program: Command, io: SetupIo): void {
  program
    .command('setup')
    .description('a new terminal: devices, acquirer, people, keys, and a sale in the drill')
    .requiredOption(
      '--into <folder>',
      'the configuration folder, which must not be there yet or be empty',
    )
    .option(
      '--data <folder>',
      'the data folder; when left out, both lie below --into as config and data',
    )
    .option(
      '--answers <file>',
      'answers as YAML, readable by you alone; FILE.sig beside it is its signature',
    )
    .option('--signer <file>', 'public key (Ed25519, PEM) whose files this terminal is to take')
    .option('--check', 'only whether the answers can be used; makes nothing')
    .addOption(new Option('--lang <language>', 'words').choices(['zh-CN', 'en']).default(io.locale))
    .option('--json', 'one JSON line at the end')
    .action(async (flags: Flags) => {
      const words = loadServiceWords(io.sharedConfig, flags.lang)
      const meanings = loadParameterWords(io.sharedConfig, flags.lang)
      const desk = { ...io, words, meanings, prompt: createPrompt(io.keyboard) }
      const given =
        flags.answers === undefined ? guided(desk) : fromFile(desk, flags.answers, flags.signer)
      const done = given.ok ? await commission(desk, { ...flags, ...given }) : given
      if (!done.ok) {
        io.err(done.sentence)
        throw new CommanderError(done.exitCode, 'suretill.setup', '')
      }
      if (flags.json === true) io.out(JSON.stringify(done.report))
      else for (const line of done.lines) io.out(line)
    })
}

function guided(desk: SetupDesk): Given {
  const answers = askAnswers(desk)
  if (answers === null) return { ok: false, exitCode: 1, sentence: desk.words('setup.brokenOff') }
  return { ok: true, answers, from: resolve('.'), signature: { kind: 'none' }, isGuided: true }
}

function fromFile({ words }: SetupDesk, file: string, signer: string | undefined): Given {
  const no = (key: string, params: Record<string, string | number> = {}): Given => ({
    ok: false,
    exitCode: 2,
    sentence: words(key, { file, ...params }),
  })
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined || found.size > ANSWERS_BYTES)
    return no('file.unusable', { most: ANSWERS_BYTES })
  // First PINs stand in it.
  if ((found.mode & 0o077) !== 0) return no('setup.answersOpen')
  const bytes = Uint8Array.from(readFileSync(file))
  const signature = judgeSignature(bytes, readIfThere(`${file}.sig`), signer)
  if (signature.kind === 'bad') return no(`signature.${signature.why}`)
  const read = readAnswers(new TextDecoder().decode(bytes))
  if (!read.ok) return no('setup.answersWrong', { why: read.problem })
  return {
    ok: true,
    answers: read.answers,
    from: dirname(resolve(file)),
    signature,
    isGuided: false,
  }
}

function readIfThere(file: string): Uint8Array | null {
  return statSync(file, { throwIfNoEntry: false }) === undefined
    ? null
    : Uint8Array.from(readFileSync(file))
}
