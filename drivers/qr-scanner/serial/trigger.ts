/** How families of scanners are told to look and to stop looking. */

/** `none`: a scanner that looks all the time; its reads are taken only while armed. */
export type TriggerFamily = 'honeywell' | 'newland' | 'none'

export type TriggerCommands = { readonly on: Uint8Array; readonly off: Uint8Array }

export function triggerCommands(family: TriggerFamily): TriggerCommands {
  switch (family) {
    case 'honeywell':
      // SYN T CR and SYN U CR: Honeywell user guides, "trigger commands"; also Mindeo and others. No answer comes.
      return { on: Uint8Array.of(0x16, 0x54, 0x0d), off: Uint8Array.of(0x16, 0x55, 0x0d) }
    case 'newland':
      return { on: newland('SCNTRG1'), off: newland('SCNTRG0') }
    case 'none':
      return { on: new Uint8Array(0), off: new Uint8Array(0) }
  }
}

/** `~` SOH 0000 @ command ; ETX: Newland's unified command frame. Answered by STX SOH 0000 @ command and result ; ETX. */
function newland(command: string): Uint8Array {
  return new TextEncoder().encode(`~\u00010000@${command};\u0003`)
}
