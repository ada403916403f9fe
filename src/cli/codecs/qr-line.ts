/** Input lines of the `qr` verbs: raw text, or JSON for codes with line ends and control characters in them. */
import { linesOf } from './lines.ts'

export type CodeLine =
  | { readonly ok: true; readonly payload: string; readonly id: string | null }
  | { readonly ok: false; readonly error: 'NOT_JSON' | 'NO_PAYLOAD' }

/**
 * `input` is one code or a stream of lines. An empty line is an empty reading; the end of the stream after a line end is not.
 * With `json`, each line is a JSON string or an object with `payload` and, if wanted back, `id`.
 */
export async function* codeLines(
  input: string | AsyncIterable<string | Uint8Array>,
  json: boolean,
): AsyncIterable<CodeLine> {
  if (typeof input === 'string') yield readLine(input, json)
  else for await (const line of linesOf(input)) yield readLine(line, json)
}

function readLine(line: string, json: boolean): CodeLine {
  if (!json) return { ok: true, payload: line, id: null }
  let data: unknown
  try {
    data = JSON.parse(line)
  } catch {
    return { ok: false, error: 'NOT_JSON' } // the reason would quote the code
  }
  if (typeof data === 'string') return { ok: true, payload: data, id: null }
  if (typeof data !== 'object' || data === null || !('payload' in data))
    return { ok: false, error: 'NO_PAYLOAD' }
  const id = 'id' in data && typeof data.id === 'string' ? data.id : null
  return typeof data.payload === 'string'
    ? { ok: true, payload: data.payload, id }
    : { ok: false, error: 'NO_PAYLOAD' }
}
