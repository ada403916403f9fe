/** A message as values, and what reading and writing one may give. */
import type { Part } from './composite/composite.ts'
import type { FlatValue } from './cursor.ts'
import type { CodecError } from './fault.ts'
import type { MessageView } from './message-view.ts'

export type Message = {
  /** Four digits. */
  readonly mti: string
  /** By field number; digits without filler, text as Unicode, track with `D` (BCD) or as it stands (characters), binary as hex. */
  readonly fields: Readonly<Record<string, string>>
  /** The fields that were asked for with `asBytes`: ASCII of digits and track, wire bytes of text, raw binary. */
  readonly bytes: Readonly<Record<string, Uint8Array>>
}

export type UnpackOptions = {
  /** Fields that must never become strings, for example `['2', '35', '52']`. */
  readonly asBytes?: readonly string[]
}

export type UnpackResult =
  | {
      readonly ok: true
      /** A view of the bytes that were given: leave them as they are until everything of interest has been read. */
      readonly message: MessageView
      /** Bytes in front of DE 64 or DE 128, whichever comes last in the message: what its MAC covers. Null when there is none. */
      readonly macInputLength: number | null
    }
  | {
      readonly ok: false
      readonly error: CodecError
      /** What was read before the fault. */
      readonly parsed: Message
    }

/** Text, bytes, or the parts of a field that the dialect gives an inner structure. */
export type PackValue = FlatValue | readonly Part[]

export type PackInput = {
  readonly mti: string
  readonly fields: Readonly<Record<string, PackValue>>
}

export type PackResult =
  /**
   * `bytes` are the caller's, to write the MAC into at `macInputLength`, over the placeholder it packed, and to wipe. What `bytes.buffer` has
   * besides belongs to other messages, as with Node's own `Buffer`: give a copy to what takes buffers whole.
   */
  | {
      readonly ok: true
      readonly bytes: Uint8Array
      readonly macInputLength: number | null
    }
  | { readonly ok: false; readonly error: CodecError }
