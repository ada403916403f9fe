/** As much of the two published codecs as the benchmark uses; they come without types. */

declare module 'iso_8583' {
  type Format = {
    readonly ContentType: string
    readonly Label: string
    readonly LenType: string
    readonly MaxLen: number
  }
  export default class Iso8583 {
    constructor(message: object | null, formats: Readonly<Record<string, Format>>)
    getIsoJSON(bytes: Buffer, options: { readonly lenHeader: false }): Record<string, string>
    getRawMessage(): Buffer | { readonly error: string }
  }
}

declare module 'jspos' {
  type FieldPackager = { readonly description: string }
  type FieldClass = new (length: number, name: string, leftPadded?: boolean) => FieldPackager
  export type Message = {
    setMTI(mti: string): void
    setField(number: number, value: string): void
    getValue(number: number): string | number[]
    pack(): number[]
    unpack(bytes: Uint8Array): void
  }
  class ISOBasePackager {
    setFieldPackager(fields: readonly (FieldPackager | undefined)[]): void
    createISOMsg(): Message
  }
  const jspos: {
    readonly ISOBasePackager: typeof ISOBasePackager
    readonly packer: Readonly<Record<string, FieldClass>>
  }
  export default jspos
}
