/** One step of a replay as a line for people: when, what happened, which page it led to, what was to be done, what was said. */
import type { Effect } from '#core/terminal/effect.ts'
import type { TerminalEvent } from '#core/terminal/event.ts'
import type { ReplayStep } from '#shell/journal/lines/replay.ts'

export function stepText(step: ReplayStep): string {
  const { event, effects, refused, seq } = step.line
  const parts = [`${seq}`, new Date(event.at).toISOString(), eventText(event), pagesText(step)]
  if (refused !== null) parts.push(`refused: ${refused}`)
  if (effects.length > 0) parts.push(`does: ${effects.map(effectText).join(', ')}`)
  if ('after' in step && step.after.message !== null) parts.push(`says: ${step.after.message.key}`)
  if (step.verdict === 'read') parts.push('decided by another release')
  return parts.filter((part) => part !== '').join('  ')
}

/** The name and the plain values of an event; nothing secret is ever in one. */
function eventText(event: TerminalEvent): string {
  const values = Object.entries(event).flatMap(([name, value]) =>
    name === 'type' || name === 'at' || name === 'credential' ? [] : valueText(name, value),
  )
  return [event.type, ...values].join(' ')
}

/** Of a host's answer its type and DE 39; of other structures nothing. */
function valueText(name: string, value: unknown): readonly string[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value === '' ? [] : [`${name}=${value}`]
  if (typeof value !== 'object' || value === null) return []
  if (name === 'reply' && 'mti' in value && 'fields' in value)
    return [`reply=${String(value.mti)}/${responseCode(value.fields)}`]
  return 'kind' in value ? [`${name}=${String(value.kind)}`] : []
}

/** DE 39. */
function responseCode(fields: unknown): string {
  return typeof fields === 'object' && fields !== null && '39' in fields
    ? String(fields['39'])
    : '?'
}

function pagesText(step: ReplayStep): string {
  if (!('after' in step)) return ''
  const [before, after] = [step.before.step.kind, step.after.step.kind]
  return before === after ? `on ${after}` : `${before} → ${after}`
}

function effectText(effect: Effect): string {
  if (effect.do === 'startTimer') return `startTimer ${effect.timer} ${effect.ms} ms`
  if (effect.do === 'stopTimer') return `stopTimer ${effect.timer}`
  if (effect.do === 'sendRequest') return `sendRequest ${effect.attempt.stan}`
  if (effect.do === 'sendReversal') return `sendReversal ${effect.reversal.id}`
  if (effect.do === 'print') return `print ${effect.slip.job} ${effect.slip.copy}`
  if (effect.do !== 'keepRecord') return effect.do
  const { id, outcome, paidMinor } = effect.record
  return `keepRecord ${id} ${outcome} ${paidMinor}`
}
