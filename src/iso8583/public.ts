/** The entry point `suretill/iso8583`: what others may rely on. Leaving a name out later is a breaking change; everything else may move. */
export type { JoinResult, Part, SplitResult } from './composite/composite.ts'
export type { FlatValue } from './cursor.ts'
export { type DescribeLocale, type Description, describeMessage } from './describe.ts'
export type {
  BinaryEncoding,
  Charset,
  CompositeSpec,
  DialectSpec,
  DigitEncoding,
  FieldName,
  FieldSpec,
  PartSpec,
  PrefixCount,
  PrefixEncoding,
} from './dialect/dialect-spec.ts'
export {
  defineDialect,
  type FieldOf,
  type TypedDialect,
  type TypedFields,
  type TypedUnpackResult,
} from './dialect/typed-dialect.ts'
export { checkDialect, compileDialect, type Dialect } from './dialect.ts'
export { type CodecError, explainCodecError, type FaultCode } from './fault.ts'
export {
  createFrameDecoder,
  encodeFrame,
  type Frame,
  type FrameDecoder,
  type FrameOptions,
  hostRequest,
  swapTpdu,
  UNIONPAY_FRAME,
} from './frame.ts'
export { maskField, maskFields, maskPan } from './mask.ts'
export type {
  Message,
  PackInput,
  PackResult,
  PackValue,
  UnpackOptions,
  UnpackResult,
} from './message.ts'
export type { MessageView } from './message-view.ts'
export { answerType, type MessageType, messageType } from './mti.ts'
export { MAX_MESSAGE_BYTES } from './unpack.ts'
