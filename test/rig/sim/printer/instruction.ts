/** What a printer can be told, once the bytes are understood. */
export type Instruction =
  | { readonly kind: 'text'; readonly text: string; readonly wide: boolean }
  | { readonly kind: 'lineFeed' }
  | { readonly kind: 'feedLines'; readonly lines: number }
  | { readonly kind: 'feedDots'; readonly dots: number }
  | { readonly kind: 'initialise' }
  | { readonly kind: 'lineSpacing'; readonly dots: number }
  | { readonly kind: 'bold'; readonly on: boolean }
  | { readonly kind: 'underline'; readonly dots: number }
  | { readonly kind: 'reverse'; readonly on: boolean }
  | { readonly kind: 'size'; readonly width: number; readonly height: number }
  | { readonly kind: 'align'; readonly to: 'left' | 'centre' | 'right' }
  | { readonly kind: 'moveTo'; readonly dots: number }
  | { readonly kind: 'moveBy'; readonly dots: number }
  | { readonly kind: 'leftMargin'; readonly dots: number }
  | { readonly kind: 'areaWidth'; readonly dots: number }
  | { readonly kind: 'image'; readonly image: Bitmap; readonly inline: boolean }
  | { readonly kind: 'storeImage'; readonly image: Bitmap }
  | { readonly kind: 'printStoredImage' }
  | {
      readonly kind: 'barcodeSetting'
      readonly name: 'height' | 'module' | 'hri'
      readonly value: number
    }
  | { readonly kind: 'barcode'; readonly symbology: string; readonly data: string }
  | { readonly kind: 'qrModule'; readonly dots: number }
  | { readonly kind: 'qrLevel'; readonly level: string }
  | { readonly kind: 'qrStore'; readonly data: string }
  | { readonly kind: 'qrPrint' }
  | { readonly kind: 'cut'; readonly feed: boolean }
  | { readonly kind: 'drawer' }
  | { readonly kind: 'statusBack'; readonly mask: number }
  | { readonly kind: 'askSensor'; readonly which: number }
  | { readonly kind: 'askIdentity'; readonly which: number }
  | { readonly kind: 'askProcessId'; readonly id: string }
  | { readonly kind: 'nothing' }

/** Acted on when it arrives, not when its turn comes. */
export type RealTime =
  | { readonly kind: 'status'; readonly question: number }
  | { readonly kind: 'enquiry'; readonly what: number }
  | { readonly kind: 'clearBuffer' }

/** One bit per dot, rows padded to bytes, most significant bit left; drawn `scaleX` by `scaleY` dots each. */
export type Bitmap = {
  readonly width: number
  readonly height: number
  readonly rows: Uint8Array
  readonly scaleX: number
  readonly scaleY: number
}
