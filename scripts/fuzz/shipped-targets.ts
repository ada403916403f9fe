/** Everything that reads bytes or texts of strangers, each with good inputs to begin with: the published messages and codes of the tests. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Dialect } from '#iso8583/dialect.ts'
import { type FrameOptions, UNIONPAY_FRAME } from '#iso8583/frame.ts'
import { readCodeTable } from '#shell/config/code-table-file.ts'
import {
  messageBytes,
  readVectors,
  SHIPPED,
  shippedDialect,
  type Vector,
} from '../../test/iso8583/dialects.ts'
import { frameTarget } from './frame-target.ts'
import { messageTarget } from './message-target.ts'
import { customerCodeTarget, merchantCodeTarget } from './qr-target.ts'
import type { Target } from './target.ts'
import { tlvTarget } from './tlv-target.ts'

const ROOT = join(import.meta.dirname, '..', '..')

const ASCII_LENGTH_FRAME: FrameOptions = {
  length: { width: 4, encoding: 'ascii', inclusive: true },
  tpduBytes: 0,
  headerBytes: 0,
  maxBytes: 2048,
}
const NO_LENGTH_FRAME: FrameOptions = { ...UNIONPAY_FRAME, length: null }

/** Throws when a file of the repository is broken. */
export function shippedTargets(): readonly Target[] {
  const vectors = readVectors()
  const messages = vectors.map(messageBytes)
  const codes = payloads()
  const table = readCodeTable(readFileSync(join(ROOT, 'config', 'code-classes.yaml'), 'utf8'))
  if (!table.ok) throw new Error(table.error)
  return [
    ...SHIPPED.map((name) => {
      const dialect = shippedDialect(name)
      return messageTarget(dialect, corpusOf(dialect, vectors))
    }),
    frameTarget('frame, binary length', UNIONPAY_FRAME, messages),
    frameTarget('frame, ASCII length', ASCII_LENGTH_FRAME, messages),
    frameTarget('frame, no length', NO_LENGTH_FRAME, messages),
    tlvTarget(chipData(vectors)),
    merchantCodeTarget(codes),
    customerCodeTarget(table.table, codes),
  ]
}

/** The published messages of this dialect, and those of all others as far as it can say them. */
function corpusOf(dialect: Dialect, vectors: readonly Vector[]): readonly Uint8Array[] {
  return vectors.map((vector) => {
    if (vector.dialect === dialect.name) return messageBytes(vector)
    const { mti, expected } = vector
    const fields = Object.fromEntries(
      Object.entries(expected).filter(
        ([field, value]) => dialect.pack({ mti, fields: { [field]: value } }).ok,
      ),
    )
    const packed = dialect.pack({ mti, fields })
    if (!packed.ok) throw new Error(`${dialect.name} cannot say any part of ${vector.source}`)
    return packed.bytes
  })
}

/** DE 55 of all published messages that are UnionPay's or hold it as bytes. */
function chipData(vectors: readonly Vector[]): readonly Uint8Array[] {
  return vectors.flatMap(({ expected: { 55: value = '' } }) =>
    /^([0-9A-F]{2})+$/.test(value) ? [Buffer.from(value, 'hex')] : [],
  )
}

function payloads(): readonly Uint8Array[] {
  return readFileSync(join(ROOT, 'test', 'vectors', 'qr.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Buffer.from(z.object({ payload: z.string() }).parse(JSON.parse(line)).payload))
}
