/** Lines of standard input, for verbs that read one input per line. */

/** Room for the hex of the largest message, or a code of 7089 characters with JSON around it. Longer lines are cut, and then fail. */
const LONGEST_LINE = 1_048_576

/** Chunks need not end at a line. The end of the stream after a line end is no line. */
export async function* linesOf(stdin: AsyncIterable<string | Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder()
  let held = ''
  for await (const chunk of stdin) {
    held += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    const lines = held.split('\n')
    held = (lines.pop() ?? '').slice(0, LONGEST_LINE)
    for (const line of lines) yield line.slice(0, LONGEST_LINE)
  }
  if (held !== '') yield held
}
