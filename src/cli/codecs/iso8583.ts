/** `suretill iso8583 …`: hex to JSON and back, for technicians and tests. One input per line, one JSON object per line. */
import { type Command, CommanderError, Option } from 'commander'
import { describeMessage } from '#iso8583/describe.ts'
import type { Dialect } from '#iso8583/dialect.ts'
import { createFrameDecoder, type FrameOptions } from '#iso8583/frame.ts'
import { maskFields } from '#iso8583/mask.ts'
import type { UnpackResult } from '#iso8583/message.ts'
import { loadDialect } from '#shell/config/dialect-file.ts'
import { framed, readFrameForm, USUAL_FORM } from './frame-form.ts'
import { hexBytes, hexText, readPackLine } from './iso8583-line.ts'
import { linesOf } from './lines.ts'

export type LineIo = {
  /** Read only when no argument is given; chunks need not end at a line. */
  readonly stdin: AsyncIterable<string | Uint8Array>
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Folder of the shipped dialect files. */
  readonly dialectFolder: string
}

type Flags = {
  readonly dialect: string
  readonly frame?: true
  readonly frameForm?: string
  readonly json?: true
  readonly unmask?: true
  readonly locale?: 'zh-CN' | 'en'
  readonly tpdu?: string
  readonly header?: string
}

type LineError = { readonly code: string; readonly path: readonly string[] }

/** What one input line becomes; `unusable` when it is no hex or no JSON of a message at all. */
type Converted =
  | { readonly ok: true; readonly line: string }
  | { readonly ok: false; readonly error: LineError; readonly unusable?: true }

/** 0 fine, 1 a message is not fine, 2 wrong usage or unusable input. */
type ExitCode = 0 | 1 | 2

type Flagged = Flags & { readonly form: FrameOptions | null }

type Convert = (dialect: Dialect, line: string, flags: Flagged) => Converted

/**
 * Adds the group `iso8583` with `unpack`, `pack` and `describe` to `program`. All lines fine: the action resolves. Otherwise it
 * rejects, as commander itself does under `exitOverride`, with a CommanderError whose `exitCode` is 1 (a message is not fine) or 2 (unusable
 * dialect or line); what is to be said has been said through `io` by then. The worst line decides.
 */
export function registerIso8583(program: Command, io: LineIo): void {
  const group = program.command('iso8583').description('decode and encode ISO 8583 messages')
  const verb = (name: string, what: string, convert: Convert): Command =>
    group
      .command(name)
      .description(what)
      .argument('[input]', 'one input; without it, one per line from standard input')
      .requiredOption('--dialect <name>', 'name of a dialect, or a path to its .yaml file')
      .option('--json', 'one JSON object per line; reading verbs always print that')
      .option('--frame', 'with length header, TPDU and application header in front')
      .option(
        '--frame-form <sizes>',
        `bytes of these three: ${USUAL_FORM} is usual, 0,5,6 has no length; 4ascii,0,0 and 2bcd,0,0 write it so; means --frame`,
      )
      .action(async (input: string | undefined, flags: Flags) => {
        const code = await convertLines(convert, { input, flags, io })
        if (code !== 0) throw new CommanderError(code, 'suretill.iso8583', '')
      })
  verb('unpack', 'hex to {"mti","fields"}; card data is masked', unpackLine).option(
    '--unmask',
    'show card data: test cards only',
  )
  verb('describe', 'hex to JSON with names; card data is masked', describeLine).addOption(
    new Option('--locale <locale>', 'language of the names')
      .choices(['zh-CN', 'en'])
      .default('zh-CN'),
  )
  verb('pack', '{"mti","fields"} to hex, the way back of unpack --unmask', packLine)
    .option('--tpdu <hex>', 'with --frame: the bytes of the TPDU, 6000000000 if left out')
    .option('--header <hex>', 'with --frame: the bytes of the header, 603100310000 if left out')
}

async function convertLines(
  convert: Convert,
  { input, flags, io }: { input: string | undefined; flags: Flags; io: LineIo },
): Promise<ExitCode> {
  const loaded = loadDialect(flags.dialect, io.dialectFolder)
  if (!loaded.ok) {
    io.err(loaded.problem)
    return 2
  }
  const form = formOf(flags)
  if (form === undefined) {
    io.err(`"${flags.frameForm}" is no form of a frame: try ${USUAL_FORM}`)
    return 2
  }
  let worst: ExitCode = 0
  for await (const line of input === undefined ? linesOf(io.stdin) : [input]) {
    if (line.trim() === '') continue
    const converted = convert(loaded.dialect, line.trim(), { ...flags, form })
    if (!converted.ok) worst = converted.unusable === true ? 2 : worst === 2 ? 2 : 1
    io.out(converted.ok ? converted.line : JSON.stringify({ error: placed(converted.error) }))
  }
  if (worst === 2) io.err('an input line is neither hex nor JSON of a message')
  return worst
}

/** `field`: the path in one word, as `60.2`; empty when it is the line as a whole, which is told from its beginning on. */
function placed(error: LineError): object {
  return { field: error.path.join('.'), offset: 0, ...error }
}

/** Null: messages stand alone. Undefined: the words after `--frame-form` say nothing. */
function formOf({ frame, frameForm }: Flags): FrameOptions | null | undefined {
  if (frame !== true && frameForm === undefined) return null
  return readFrameForm(frameForm ?? USUAL_FORM) ?? undefined
}

function readMessage(
  dialect: Dialect,
  line: string,
  flags: Flagged,
): UnpackResult | { ok: false; error: LineError; unusable?: true } {
  const bytes = hexBytes(line)
  if (bytes === null) return { ok: false, error: { code: 'hex', path: [] }, unusable: true }
  if (flags.form === null) return dialect.unpack(bytes)
  const decoder = createFrameDecoder(flags.form)
  const { frames, error } = decoder.push(bytes)
  const [frame] = frames
  if (error !== null) return { ok: false, error: { ...error, path: ['frame'] } }
  if (frame !== undefined && frames.length === 1 && decoder.pending() === 0) {
    return dialect.unpack(frame.message)
  }
  const code = frame === undefined ? 'truncated' : 'leftover'
  return { ok: false, error: { code, path: ['frame'], have: bytes.length } }
}

/** The error alone: what was read before it may be card data. */
function unread(read: { readonly error: LineError; readonly unusable?: true }): Converted {
  const { error } = read
  return read.unusable === true ? { ok: false, error, unusable: true } : { ok: false, error }
}

const unpackLine: Convert = (dialect, line, flags) => {
  const read = readMessage(dialect, line, flags)
  if (!read.ok) return unread(read)
  const { mti, fields } = read.message
  const shown = flags.unmask === true ? fields : maskFields(dialect.spec, fields)
  return { ok: true, line: JSON.stringify({ mti, fields: shown }) }
}

const describeLine: Convert = (dialect, line, flags) => {
  const read = readMessage(dialect, line, flags)
  if (!read.ok) return unread(read)
  const description = describeMessage(dialect, read.message, flags.locale ?? 'zh-CN')
  return { ok: true, line: JSON.stringify(description) }
}

const packLine: Convert = (dialect, line, flags) => {
  const input = readPackLine(line)
  if (input === null) return { ok: false, error: { code: 'json', path: [] }, unusable: true }
  const packed = dialect.pack(input)
  if (!packed.ok) return { ok: false, error: packed.error }
  const { form, header, tpdu } = flags
  const bytes = form === null ? packed.bytes : framed(form, packed.bytes, { tpdu, header })
  if (bytes === null) return { ok: false, error: { code: 'value', path: ['frame'] } }
  const hex = hexText(bytes)
  return { ok: true, line: flags.json === true ? JSON.stringify({ hex }) : hex }
}
