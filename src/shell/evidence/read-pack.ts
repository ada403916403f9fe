/** A pack as lines, each with the text that it was read from. What is no line of a pack is told by its place, never thrown. */
import { z } from 'zod'
import { parseLine } from '../journal/lines/parse-line.ts'
import type { PackLine } from './pack-line.ts'
import { PACK_FORMAT } from './pack-line.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const seq = z.int().min(1)
const some = z.looseObject({})
/** The frame of each line; what events, records and slips hold is checked against each other. */
const frame = z.discriminatedUnion('line', [
  z.object({
    line: z.literal('pack'),
    format: z.literal(PACK_FORMAT),
    release: z.string(),
    trace: z.string(),
    exportedAt: z.number(),
    exportedBy: z.object({ operator: z.string(), role: z.string() }),
    events: z.array(seq),
    missing: z.array(z.string()),
  }),
  z.object({ line: z.literal('record'), record: z.looseObject({ id: z.string() }) }),
  z.object({
    line: z.literal('story'),
    seq,
    at: z.number(),
    what: z.string(),
    effects: z.array(z.string()),
    refused: z.string().nullable(),
  }),
  z.object({ line: z.literal('slip'), seq, job: z.string(), text: z.string(), svg: z.string() }),
  z.object({ line: z.literal('seal'), digests: z.array(hash) }),
  z.object({ line: z.literal('begin'), after: z.int().min(0), head: hash }),
  z.object({
    line: z.literal('event'),
    seq,
    event: z.looseObject({ type: z.string(), at: z.number() }),
    effects: z.array(some),
    refused: z.string().nullable(),
    hash,
    masked: z.literal(true).optional(),
  }),
  z.object({ line: z.literal('link'), seq, hash }),
  z.object({ line: z.literal('end'), events: z.int().min(0), head: hash, seal: hash }),
])

export type ReadLine = { readonly number: number; readonly text: string; readonly line: PackLine }

export type ReadPack =
  | { readonly ok: true; readonly lines: readonly ReadLine[] }
  /** The first line that is none, counted from one. */
  | { readonly ok: false; readonly number: number }

export function readPack(text: string): ReadPack {
  const lines: ReadLine[] = []
  const texts = text.split('\n')
  if (texts.at(-1) === '') texts.pop()
  for (const [index, one] of texts.entries()) {
    const line = parseLine(one, isLine)
    if (line === null) return { ok: false, number: index + 1 }
    lines.push({ number: index + 1, text: one, line })
  }
  return { ok: true, lines }
}

function isLine(content: unknown): content is PackLine {
  return frame.safeParse(content).success
}
