/** Every switch of the bench as a POST with a JSON body: checked first, then done at once. */
import { z } from 'zod'
import type { Controls } from './controls.ts'
import { PIN_PAD_KEYS } from './controls.ts'
import { DEVICE_IDS } from './state.ts'

/** Longest text that can be held to the scanner: more than any QR code carries. */
const MAX_SCAN_LENGTH = 8192

type Answer =
  | { readonly ok: true; readonly result: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly why: string }

/** Checks `input` and does it. Never rejects; `why` is one sentence. */
export type Command = (controls: Controls, input: unknown) => Promise<Answer>

const done: Answer = { ok: true, result: {} }
const refused = (why: string): Answer => ({ ok: false, why })

/** Commands by the path under `/api/`. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  card: command(
    z.discriminatedUnion('action', [
      z.strictObject({ action: z.enum(['insert', 'tap', 'swipe']), card: z.string() }),
      z.strictObject({ action: z.literal('remove') }),
    ]),
    (controls, input) => {
      if (input.action !== 'remove') return answerOf(controls.card(input.action, input.card))
      controls.removeCard()
      return done
    },
  ),

  /**
   * `show` is a wallet or a wrong code; `again` repeats the code used last; `two` holds both phones up at once. Without
   * `show`, the phone holds up what is on its screen. `open` only changes the screen.
   */
  phone: command(
    z.strictObject({
      phone: z.enum(['left', 'right']).default('left'),
      show: z.string().optional(),
      open: z.string().optional(),
    }),
    (controls, { phone, show, open }) => {
      if (show === 'two') return { ok: true, result: { texts: controls.holdUp(['left', 'right']) } }
      if (show === 'again') {
        const text = controls.holdUpAgain()
        return text === null
          ? refused('No code has been shown yet.')
          : { ok: true, result: { texts: [text] } }
      }
      const wanted = show ?? open
      if (wanted !== undefined && !controls.openOnPhone(phone, wanted)) {
        return refused(`A phone cannot show "${wanted}"; state.shows lists what it can.`)
      }
      return open !== undefined && show === undefined
        ? done
        : { ok: true, result: { texts: controls.holdUp([phone]) } }
    },
  ),

  scan: command(
    z.strictObject({ text: z.string().min(1).max(MAX_SCAN_LENGTH) }),
    (controls, { text }) => {
      controls.scan(text)
      return done
    },
  ),

  'pin-pad': command(z.strictObject({ key: z.enum(PIN_PAD_KEYS) }), (controls, { key }) =>
    answerOf(controls.pressKey(key)),
  ),

  printer: command(
    z.strictObject({
      paper: z.enum(['ok', 'nearEnd', 'out']).optional(),
      cover: z.enum(['open', 'closed']).optional(),
      cutterJammed: z.boolean().optional(),
      tear: z.literal(true).optional(),
    }),
    (controls, { paper, cover, cutterJammed, tear }) => {
      if (paper !== undefined) controls.setPaper(paper)
      if (cover !== undefined) controls.setCover(cover)
      if (cutterJammed !== undefined) controls.setCutterJam(cutterJammed)
      if (tear === true) controls.tearOff()
      return done
    },
  ),

  cable: command(
    z.strictObject({ device: z.enum(DEVICE_IDS), plugged: z.boolean() }),
    (controls, { device, plugged }) => {
      controls.setPlugged(device, plugged)
      return done
    },
  ),

  network: command(z.strictObject({ up: z.boolean() }), async (controls, { up }) => {
    await controls.setNetwork(up)
    return done
  }),

  'acquirer/fault': command(z.record(z.string(), z.unknown()), (controls, fault) =>
    answerOf(controls.applyFault(fault)),
  ),

  'acquirer/clear': command(z.strictObject({}), (controls) => {
    controls.clearFaults()
    return done
  }),

  'device/fault': command(
    z.looseObject({ device: z.enum(DEVICE_IDS) }),
    (controls, { device, ...fault }) => answerOf(controls.applyDeviceFault(device, fault)),
  ),

  'device/clear': command(
    z.strictObject({ device: z.enum(DEVICE_IDS) }),
    (controls, { device }) => {
      controls.clearDeviceFaults(device)
      return done
    },
  ),

  power: command(z.strictObject({ on: z.boolean() }), async ({ terminal }, { on }) => {
    if (!terminal) return refused('This rig does not run the terminal; its power is in your hands.')
    if (on) {
      // Not awaited: the state says `starting`, and later `ready`.
      void terminal.powerOn()
    } else {
      await terminal.powerCut()
    }
    return done
  }),
}

function command<Input>(
  schema: z.ZodType<Input>,
  run: (controls: Controls, input: Input) => Answer | Promise<Answer>,
): Command {
  return async (controls, input) => {
    const checked = schema.safeParse(input)
    return checked.success ? await run(controls, checked.data) : refused(sentence(checked.error))
  }
}

function answerOf(outcome: { ok: true } | { ok: false; why: string }): Answer {
  return outcome.ok ? done : refused(outcome.why)
}

/** The first thing that is wrong, as one sentence. */
function sentence(error: z.ZodError): string {
  const first = error.issues[0]
  if (!first) return 'The body is not understood.'
  const where = first.path.length > 0 ? `"${first.path.join('.')}"` : 'The body'
  return `${where} is not understood: ${first.message}.`
}
