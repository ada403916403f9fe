/** The ESC/POS commands that the driver adds around a slip; names and bytes as Epson's command reference prints them. */

/** DLE EOT n, transmit real-time status; answered at once, also offline. 1 printer, 2 offline cause, 3 error cause, 4 roll sensors. */
export function dleEot(question: 1 | 2 | 3 | 4): Uint8Array {
  return Uint8Array.of(0x10, 0x04, question)
}

/** DLE ENQ 2: recover from a recoverable error after clearing the receive and print buffers. */
export const DLE_ENQ_RECOVER_CLEARED = Uint8Array.of(0x10, 0x05, 0x02)

/** DLE DC4 fn 8, clear buffer; answered by the block 37 25 00 where it is known. Works offline. */
export const DLE_DC4_CLEAR_BUFFER = Uint8Array.of(
  0x10,
  0x14,
  0x08,
  0x01,
  0x03,
  0x14,
  0x01,
  0x06,
  0x02,
  0x08,
)

/** ESC @, initialise: forgets modes and the unprinted line. */
export const ESC_INITIALISE = Uint8Array.of(0x1b, 0x40)

/** GS a n, automatic status back: on/offline, errors and roll sensor; not the drawer. */
export const GS_A_STATUS_BACK_ON = Uint8Array.of(0x1d, 0x61, 0x0e)
export const GS_A_STATUS_BACK_OFF = Uint8Array.of(0x1d, 0x61, 0x00)

/** GS r 1, transmit paper status: queued behind the data, so its answer is a barrier. */
export const GS_R_PAPER_STATUS = Uint8Array.of(0x1d, 0x72, 0x01)

/** GS I 67, model name; answered by the block 5F name 00. */
export const GS_I_MODEL_NAME = Uint8Array.of(0x1d, 0x49, 0x43)

/** GS V 66 0: feed to the cutter and cut, leaving one point. */
export const GS_V_FEED_AND_CUT = Uint8Array.of(0x1d, 0x56, 0x42, 0x00)

/** ESC d 4: feed the last line past the tear bar of a printer without a cutter. */
export const ESC_D_FEED_TO_TEAR_BAR = Uint8Array.of(0x1b, 0x64, 0x04)

/** GS ( H fn 48, process ID response: 37 22 id 00 comes when everything before it is on paper. `id`: four characters 0x20 to 0x7E. */
export function gsHProcessId(id: string): Uint8Array {
  const characters = Array.from({ length: 4 }, (_, index) => id.charCodeAt(index) || 0x20)
  return Uint8Array.of(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...characters)
}
