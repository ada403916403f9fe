/** The table of USB numbers in `config/devices/known.yaml`, and which line of it fits what is plugged in. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { parsedBefore } from '../config/parsed-before.ts'
import type { Plugged } from './plugged.ts'

const knownDeviceSchema = z.strictObject({
  usb: z.string().regex(/^[0-9a-f]{4}:([0-9a-f]{4}|\*)$/),
  wears: z.enum(['serial', 'hidPos', 'keyboard', 'usbPrinter', 'any']),
  is: z.enum(['printer', 'pinPad', 'cardReader', 'qrScanner', 'adapter', 'smartCard']),
  name: z.string().min(1).max(60),
  model: z.string().min(1).max(30).optional(),
  settings: z.record(z.string(), z.union([z.string().max(20), z.int()])).optional(),
  advice: z.string().min(1).max(40).optional(),
  source: z.string().min(1).max(200).optional(),
})
const tableSchema = z.strictObject({
  version: z.string(),
  devices: z.array(knownDeviceSchema).min(1).max(1000),
})

export type KnownDevice = z.infer<typeof knownDeviceSchema>

export type LoadedKnownDevices =
  | { readonly ok: true; readonly devices: readonly KnownDevice[] }
  /** One sentence for the technician. */
  | { readonly ok: false; readonly sentence: string }

/** Never throws. */
export function loadKnownDevices(path: string): LoadedKnownDevices {
  const checked = tableSchema.safeParse(read(path))
  if (checked.success) return { ok: true, devices: checked.data.devices }
  const [issue] = checked.error.issues
  const place = issue?.path.join('.') ?? ''
  return { ok: false, sentence: `The device table ${path} is wrong at ${place}: ${issue?.message}` }
}

/** The exact number before the vendor's `*`, the exact mode before `any`; null for a stranger. */
export function findKnown(table: readonly KnownDevice[], plugged: Plugged): KnownDevice | null {
  const { usb } = plugged
  if (usb === null) return null
  const numbers = [`${usb.vendor}:${usb.product}`, `${usb.vendor}:*`]
  for (const number of numbers) {
    for (const wears of [plugged.wears, 'any']) {
      const found = table.find((known) => known.usb === number && known.wears === wears)
      if (found !== undefined) return found
    }
  }
  return null
}

function read(path: string): unknown {
  try {
    const text = readFileSync(path, 'utf8')
    return parsedBefore(path, text) ?? parse(text, { maxAliasCount: 0 })
  } catch {
    // Missing or no YAML: the schema refuses what is not there.
    return null
  }
}
