/** An export or an archive as lines. What is no line of a journal is told as a fault, never thrown. */
import { closeSync, openSync, readSync } from 'node:fs'
import { z } from 'zod'
import type { Fault, JournalLine } from './line.ts'
import { LINES_FORMAT } from './line.ts'
import { parseLine } from './parse-line.ts'

const CHUNK_BYTES = 262_144
/** A line holds one event with its effects, or one state: some tens of kilobytes. */
const LINE_BYTES_LIMIT = 8_388_608

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const seq = z.int().min(0)
const some = z.looseObject({})
/** The frame of each line; what events and states hold is for `decide` to judge. */
const frame = z.discriminatedUnion('line', [
  z.object({ line: z.literal('begin'), format: z.literal(LINES_FORMAT), after: seq, head: hash }),
  z.object({
    line: z.literal('event'),
    seq,
    event: z.looseObject({ type: z.string(), at: z.number() }),
    effects: z.array(some),
    refused: z.string().nullable(),
    hash,
    masked: z.literal(true).optional(),
  }),
  z.object({
    line: z.literal('checkpoint'),
    seq,
    why: z.enum(['release', 'batch', 'count', 'restored', 'now', 'chosen']),
    release: z.string(),
    state: z.looseObject({
      operators: z.array(some),
      recent: z.array(some),
      counters: z.looseObject({ batch: z.number() }),
    }),
  }),
  z.object({ line: z.literal('end'), events: seq, head: hash }),
])

/** Throws only when the file cannot be opened or read. */
export function* readLines(file: string): Generator<JournalLine | Fault> {
  let number = 0
  for (const text of textLines(file)) {
    number += 1
    const line = text === null ? null : parseLine(text, isLine)
    if (line === null) {
      yield { line: 'fault', seq: 0, why: `line ${number} is no line of a journal` }
      return
    }
    yield line
  }
}

function isLine(content: unknown): content is JournalLine {
  return frame.safeParse(content).success
}

/** Null for a line that is too long. */
function* textLines(file: string): Generator<string | null> {
  const handle = openSync(file, 'r')
  const chunk = Buffer.alloc(CHUNK_BYTES)
  let rest = Buffer.alloc(0)
  try {
    for (let read = readSync(handle, chunk); read > 0; read = readSync(handle, chunk)) {
      rest = Buffer.concat([rest, chunk.subarray(0, read)])
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
        yield rest.subarray(0, end).toString('utf8')
        rest = rest.subarray(end + 1)
      }
      if (rest.length > LINE_BYTES_LIMIT) {
        yield null
        return
      }
    }
    if (rest.length > 0) yield rest.toString('utf8')
  } finally {
    closeSync(handle)
  }
}
