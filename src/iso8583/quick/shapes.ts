/** The shapes that a dialect remembers. A link sees the same few heads again and again. */
import type { Shape } from './shape.ts'

/** Heads kept per dialect: a terminal sends and receives about as many. Messages with others are read a little slower. */
const MAX_SHAPES = 32

export type Shapes = {
  /** The shape of the head that `bytes` begin with, or null when it is not known. */
  readonly find: (bytes: Uint8Array) => Shape | null
  /** Only for shapes of messages that were good: nobody fills this with noise. */
  readonly keep: (shape: Shape) => void
}

/** An empty memory, for one dialect. */
export function createShapes(): Shapes {
  const kept: Shape[] = []
  let recent: Shape | null = null
  return {
    find(bytes) {
      if (recent !== null && beginsWith(bytes, recent.head)) return recent
      for (const shape of kept) {
        if (beginsWith(bytes, shape.head)) {
          recent = shape
          return shape
        }
      }
      return null
    },
    keep(shape) {
      if (kept.length < MAX_SHAPES) kept.push(shape)
    },
  }
}

function beginsWith(bytes: Uint8Array, head: Uint8Array): boolean {
  for (let index = 0; index < head.length; index++) {
    if (bytes[index] !== head[index]) return false
  }
  return true
}
