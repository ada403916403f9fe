/** What RAUC's service says, as `busctl --json=short` writes it (de.pengutronix.rauc.Installer, RAUC 1.8 reference, "D-Bus API"). */
import { z } from 'zod'

export type ImageProgress = { readonly percent: number; readonly what: string }

export type ImageSlot = {
  /** `rootfs.0`. */
  readonly name: string
  readonly device: string
  readonly state: 'booted' | 'active' | 'inactive'
  /** What the boot loader believes; null for slots that nothing is booted from. */
  readonly bootStatus: string | null
  /** Version of the bundle that was last written into it; null when RAUC never wrote it. */
  readonly version: string | null
}

const WHAT_LIMIT = 200
const SLOTS_LIMIT = 16

const progressSchema = z.object({
  data: z.tuple([z.int().min(0).max(100), z.string(), z.int()]),
})
const textSchema = z.object({ data: z.string() })
const variant = z.object({ data: z.unknown() })
const slotsSchema = z.object({
  data: z.tuple([z.array(z.tuple([z.string(), z.record(z.string(), variant)])).max(SLOTS_LIMIT)]),
})
const completedSchema = z.object({
  type: z.literal('signal'),
  member: z.literal('Completed'),
  payload: z.object({ data: z.tuple([z.int()]) }),
})

/** Null for anything but a property `Progress`. */
export function readProgress(line: string): ImageProgress | null {
  const found = parsed(progressSchema, line)
  if (found === null) return null
  const [percent, what] = found.data
  return { percent, what: what.slice(0, WHAT_LIMIT) }
}

/** Null for anything but a property that is a text. */
export function readText(line: string): string | null {
  return parsed(textSchema, line)?.data.slice(0, WHAT_LIMIT) ?? null
}

/** The result of an installation, 0 when it went well; null for any other message of the bus. */
export function readCompleted(line: string): number | null {
  return parsed(completedSchema, line)?.payload.data[0] ?? null
}

/** Null when it is no answer of GetSlotStatus. A slot that says nothing of its state is left out. */
export function readSlotStatus(line: string): readonly ImageSlot[] | null {
  const found = parsed(slotsSchema, line)
  if (found === null) return null
  return found.data[0].flatMap(([name, facts]) => {
    const text = (key: string): string | null => {
      const value = facts[key]?.data
      return typeof value === 'string' ? value.slice(0, WHAT_LIMIT) : null
    }
    const state = text('state')
    if (state !== 'booted' && state !== 'active' && state !== 'inactive') return []
    const slot: ImageSlot = {
      name,
      state,
      device: text('device') ?? '',
      bootStatus: text('boot-status'),
      version: text('bundle.version'),
    }
    return [slot]
  })
}

function parsed<Shape>(schema: z.ZodType<Shape>, line: string): Shape | null {
  try {
    const checked = schema.safeParse(JSON.parse(line))
    return checked.success ? checked.data : null
  } catch {
    // A line of another kind.
    return null
  }
}
