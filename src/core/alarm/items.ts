/** Alarms on the open list: they stand there until a supervisor has looked. */
import { hostDateTime } from '../calendar.ts'
import { type Message, message } from '../message.ts'
import { formatMinor, minor } from '../money.ts'
import { type Decision, refuse, say } from '../terminal/decision.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { Alarm } from './alarm.ts'
import { alarms } from './watch.ts'

export function alarmItems(state: TerminalState): readonly {
  readonly id: string
  readonly message: Message
  readonly options: readonly string[]
}[] {
  return alarms(state).map((alarm) => ({
    id: idOf(alarm),
    message: message(`alarm.${alarm.kind}`, {
      operator: alarm.operator,
      trace: alarm.trace,
      amount: formatMinor(minor(alarm.amountMinor)),
      count: String(alarm.count),
      lines: String(state.paper?.odometer ?? 0),
      time: hostDateTime(alarm.lastAt, '', '').slice(11, 16),
    }),
    options: ['alarmSeen'],
  }))
}

function idOf({ kind }: Alarm): string {
  return `alarm-${kind}`
}

/** The journal keeps who has looked. What was counted for it begins anew, so that the next one is news. */
export function alarmSeen(state: TerminalState, item: string): Decision {
  const alarm = alarms(state).find((one) => idOf(one) === item)
  if (alarm === undefined) return refuse(state, 'optionNotOffered')
  const { session } = state
  if (session === null || session.role === 'cashier')
    return say(state, message('alarm.askSupervisor'), { tone: 'refused' })
  const left = alarms(state).filter((one) => one !== alarm)
  return say(forget({ ...state, alarms: left }, alarm), message('alarm.seen'), {
    tone: 'confirmed',
  })
}

function forget(state: TerminalState, { kind }: Alarm): TerminalState {
  const { reads } = state
  if (reads === undefined) return state
  if (kind === 'wrongCodes') return { ...state, reads: { ...reads, wrongAt: [] } }
  return kind === 'scannerDue' ? { ...state, reads: { ...reads, last: '' } } : state
}
