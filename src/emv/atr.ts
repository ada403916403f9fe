/** The answer to reset of a contact card: reading it (ISO/IEC 7816-3, 8.2) and deciding whether EMV lets the terminal go on. */

export type Atr = {
  /** Interface characters by name, `TA1` to `TD4` and on, as present. */
  readonly characters: ReadonlyMap<string, number>
  readonly historical: Uint8Array
}

export type AtrOutcome =
  | { readonly ok: true; readonly atr: Atr }
  | {
      readonly ok: false
      readonly error: 'convention' | 'truncated' | 'leftOver' | 'checkCharacter'
    }

/** ISO/IEC 7816-3, 8.2.1: TS and at most 32 characters after it. */
const ATR_MAX_BYTES = 33
const DIRECT_CONVENTION = 0x3b
const INVERSE_CONVENTION = 0x3f

export function parseAtr(bytes: Uint8Array): AtrOutcome {
  if (bytes[0] !== DIRECT_CONVENTION && bytes[0] !== INVERSE_CONVENTION) {
    return { ok: false, error: 'convention' }
  }
  if (bytes.length > ATR_MAX_BYTES) return { ok: false, error: 'leftOver' }
  const characters = new Map<string, number>()
  let at = 2
  let present: number | undefined = bytes[1]
  const historicalLength = (present ?? 0) & 15
  let checked = false
  for (let group = 1; present !== undefined; group++) {
    const names = ['TA', 'TB', 'TC', 'TD'].filter(
      (_, bit) => ((present ?? 0) & (0x10 << bit)) !== 0,
    )
    for (const name of names) characters.set(`${name}${group}`, bytes[at++] ?? 0)
    present = characters.get(`TD${group}`)
    // A check character stands at the end as soon as any protocol but T=0 is named.
    checked ||= ((present ?? 0) & 15) !== 0
  }
  const end = at + historicalLength + (checked ? 1 : 0)
  if (bytes.length < end) return { ok: false, error: 'truncated' }
  if (bytes.length > end) return { ok: false, error: 'leftOver' }
  if (checked && bytes.subarray(1).reduce((sum, byte) => sum ^ byte, 0) !== 0) {
    return { ok: false, error: 'checkCharacter' }
  }
  return { ok: true, atr: { characters, historical: bytes.subarray(at, at + historicalLength) } }
}

/**
 * The first character for which EMV refuses the card, null when it is accepted (EMV Level 1 contact interface, 8.3.3). After a cold
 * reset a refusal leads to one warm reset, after that to the end of the session.
 */
export function emvRefusal(atr: Atr, reset: 'cold' | 'warm' = 'cold'): string | null {
  const character = (name: string): number | undefined => atr.characters.get(name)
  const protocol = (character('TD1') ?? 0) & 15
  const rules: readonly (readonly [string, boolean])[] = [
    ['TA1', speedFits(character('TA1'), character('TA2'))],
    ['TB1', reset === 'warm' || character('TB1') === 0],
    ['TC1', oneOf(character('TC1'), [undefined, 0x00, 0xff])],
    ['TD1', protocol <= 1],
    ['TA2', specificModeFits(character('TA2'), protocol)],
    ['TB2', character('TB2') === undefined],
    [
      'TC2',
      protocol === 0 ? oneOf(character('TC2'), [undefined, 0x0a]) : !atr.characters.has('TC2'),
    ],
    ['TD2', secondProtocolFits(character('TD2'), protocol)],
    ...(protocol === 1 ? blockRules(atr) : [['TA3', classesFit(atr)] as const]),
  ]
  return rules.find(([, fits]) => !fits)?.[0] ?? null
}

/** Protocol T=1: block size, waiting times, error code. */
function blockRules(atr: Atr): readonly (readonly [string, boolean])[] {
  const size = atr.characters.get('TA3') ?? 0x20
  // Absent is refused, as too long a wait is.
  const waits = atr.characters.get('TB3') ?? 0xff
  return [
    ['TA3', size >= 0x10 && size <= 0xfe],
    ['TB3', waitsFit(waits)],
    ['TC3', oneOf(atr.characters.get('TC3'), [undefined, 0x00])],
  ]
}

/** Behind T=15, TA3 tells the classes of operating conditions: A, B and C as bits (ISO/IEC 7816-3, 8.3). */
function classesFit({ characters }: Atr): boolean {
  const classes = (characters.get('TA3') ?? 1) & 0x3f
  return classes >= 1 && classes <= 7
}

/** Fixed mode: 372 cycles with factor 1, 2 or 4. Negotiable: what the card could do must reach 5 MHz and factor 4. */
function speedFits(speed: number | undefined, mode: number | undefined): boolean {
  if (speed === undefined) return true
  if (mode !== undefined) return speed >= 0x11 && speed <= 0x13
  return speed >> 4 !== 0 && (speed & 15) >= 3
}

function specificModeFits(mode: number | undefined, protocol: number): boolean {
  return mode === undefined || ((mode & 0x10) === 0 && (mode & 15) === protocol)
}

/** T=1 needs a second round for its waiting times; after T=0 only global characters (T=15) may follow. */
function secondProtocolFits(second: number | undefined, protocol: number): boolean {
  if (protocol === 1) return ((second ?? 0) & 15) === 1
  return second === undefined || (second & 15) === 15
}

/** Block wait at most 4, character wait at most 5. No more extra guard time is allowed than leaves room for these. */
function waitsFit(waits: number): boolean {
  return waits >> 4 <= 4 && (waits & 15) <= 5
}

function oneOf(value: number | undefined, allowed: readonly (number | undefined)[]): boolean {
  return allowed.includes(value)
}
