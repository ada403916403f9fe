/** `suretill tlv`: what is inside BER-TLV, for technicians and tests. One input per line, one JSON object per line. */
import { type Command, CommanderError } from 'commander'
import { fromHex } from '#crypto/hex.ts'
import { parseTlv } from '#emv/tlv.ts'
import { type CodeLine, codeLines } from './qr-line.ts'
import { type TlvTree, treeOf } from './tlv-tree.ts'

export type TlvIo = {
  /** Read only when no argument is given; chunks need not end at a line. */
  readonly stdin: AsyncIterable<string | Uint8Array>
  readonly out: (line: string) => void
  readonly err: (line: string) => void
}

type Flags = { readonly words?: true; readonly unmask?: true }

/** 0 fine, 1 not whole TLV, 2 no hex. */
type ExitCode = 0 | 1 | 2
type Answer = { readonly line: object; readonly code: ExitCode }

/**
 * Adds the verb `tlv` to `program`: each input becomes `{"tree":[{"tag","len","value"|"children"}]}`, with `error` (code, path,
 * offset) beside the objects that were whole when the rest is not. Anything but exit code 0 rejects with a CommanderError, as commander
 * does under `exitOverride`; what is to be said has been said by then.
 */
export function registerTlv(program: Command, io: TlvIo): void {
  program
    .command('tlv')
    .description('read BER-TLV; card data is masked')
    .argument('[hex]', 'one input, spaces allowed; without it, one per line from standard input')
    .option('--words', 'add names of tags, and bits, rules and lists in words')
    .option('--unmask', 'show card data: test cards only')
    .action(async (hex: string | undefined, flags: Flags) => {
      let worst: ExitCode = 0
      for await (const read of codeLines(hex ?? io.stdin, false)) {
        const answer = answerLine(read, flags)
        if (answer === null) continue
        if (answer.code > worst) worst = answer.code
        io.out(JSON.stringify(answer.line))
      }
      if (worst === 2)
        io.err('An input is not hex: an even number of the digits 0 to 9 and A to F.')
      if (worst !== 0) throw new CommanderError(worst, 'suretill.tlv', '')
    })
}

/** Null for an empty line. */
function answerLine(read: CodeLine, flags: Flags): Answer | null {
  const digits = read.ok ? read.payload.replaceAll(/\s+/g, '') : ''
  if (digits === '') return null
  const bytes = fromHex(digits)
  if (bytes === null) return { line: { error: { code: 'hex', path: [], offset: 0 } }, code: 2 }
  const outcome = parseTlv(bytes)
  const tree: readonly TlvTree[] = outcome.objects.map((object) => treeOf(object, flags))
  return outcome.ok
    ? { line: { tree }, code: 0 }
    : { line: { error: outcome.error, tree }, code: 1 }
}
