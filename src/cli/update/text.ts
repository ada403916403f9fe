/** What `suretill update` says: as lines for people and as facts for programs. */
import { fillIn } from '#shell/devices/technician-words.ts'
import { otherSlot, type SlotName, type Slots } from '#shell/update/slots.ts'
import type { UpdateWords } from '#shell/update/update-words.ts'

export type Answer = {
  readonly ok: boolean
  readonly facts: Readonly<Record<string, unknown>>
  readonly lines: readonly string[]
}

type Refusal = { readonly why: keyof UpdateWords['refusals']; readonly detail: string }

/** What happened, that no money moved, and what to do now. */
export function refusal(words: UpdateWords, { detail, why }: Refusal): Answer {
  const { now, what } = words.refusals[why]
  const reasons = why === 'busy' ? objectionsText(words, detail.split(' ')) : detail
  return {
    ok: false,
    facts: { ok: false, why, detail },
    lines: [
      fillIn(words.labels.refused, { what: reasons === '' ? what : `${what} (${reasons})` }),
      now,
    ],
  }
}

export function statusLines(
  words: UpdateWords,
  {
    folder,
    objections,
    slots,
  }: { readonly folder: string; readonly objections: readonly string[]; readonly slots: Slots },
): Answer {
  const { current, floor, model, releases, trial } = slots
  const { labels } = words
  const facts = {
    ok: current !== null && releases[current] !== null,
    current,
    trial,
    floor,
    model,
    releases: { a: releases.a?.manifest.version ?? null, b: releases.b?.manifest.version ?? null },
    objections,
  }
  if (current === null) return { ok: false, facts, lines: [fillIn(labels.noSlots, { folder })] }
  const lines = [
    slotLine(words, slots, current),
    slotLine(words, slots, otherSlot(current)),
    ...(trial === null ? [] : [fillIn(labels.onTrial, trial)]),
    objections.length === 0
      ? labels.mayUpdate
      : fillIn(labels.mayNot, { why: objectionsText(words, objections) }),
  ]
  return { ok: facts.ok, facts, lines }
}

function slotLine({ labels }: UpdateWords, slots: Slots, slot: SlotName): string {
  const version = slots.releases[slot]?.manifest.version
  if (version === undefined)
    return fillIn(slot === slots.current ? labels.damaged : labels.empty, { slot })
  const text = slot === slots.current ? labels.running : labels.other
  return fillIn(text, { slot, version })
}

function objectionsText({ objections }: UpdateWords, keys: readonly string[]): string {
  const known: Readonly<Record<string, string>> = objections
  return keys.map((key) => known[key] ?? key).join('; ')
}
