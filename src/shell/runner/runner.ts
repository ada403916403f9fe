/**
 * The loop of the one rule: event → decide → journal → perform. An event that reaches beyond the process is on disk before its effects are
 * performed; events that only move the pages wait in memory for the next commit, because losing them loses nothing.
 */
import type { Clock } from '#core/ports/clock.ts'
import { changesDebts } from '#core/terminal/debts.ts'
import { decide } from '#core/terminal/decide.ts'
import { type Effect, mustBeDurable } from '#core/terminal/effect.ts'
import type { EventBody, TerminalEvent } from '#core/terminal/event.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Commit, Entry, Journal } from '../journal/journal.ts'

/** Page events kept in memory at most before they are written anyway. */
const PENDING_LIMIT = 256

export type RunnerParts = {
  readonly journal: Journal
  readonly clock: Clock
  readonly initial: TerminalState
  /** Seals what a `sealPan` effect names, before the commit. */
  readonly seal: (effect: Extract<Effect, { do: 'sealPan' }>) => Uint8Array
  readonly perform: (effect: Effect) => void
  /** Called after the effects of an event were handed on; the state is committed or holds nothing that must be. */
  readonly publish: (state: TerminalState) => void
  /** The journal cannot be trusted any more: nothing more is decided. Called once. */
  readonly onJournalFailed: (cause: unknown) => void
}

export type Runner = {
  readonly state: () => TerminalState
  /** Takes an event in turn. May be called from inside a performer. */
  readonly dispatch: (event: EventBody) => void
  /** Writes what is still in memory; for an orderly end. */
  readonly flush: () => void
  /** Nothing more is heard or decided; what is still in memory is forgotten. */
  readonly halt: () => void
}

export function createRunner(parts: RunnerParts): Runner {
  let state = parts.initial
  let halted = false
  let running = false
  const inbox: TerminalEvent[] = []
  let pending: Entry[] = []

  const commit = (sealing: readonly Effect[]): boolean => {
    const sealed: Commit['sealed'][number][] = []
    for (const effect of sealing)
      if (effect.do === 'sealPan')
        sealed.push({ reversal: effect.reversal, bytes: parts.seal(effect) })
    try {
      parts.journal.commit({ entries: pending, state, sealed })
      pending = []
      return true
    } catch (cause) {
      halted = true
      parts.onJournalFailed(cause)
      return false
    }
  }

  const take = (event: TerminalEvent): void => {
    const before = state
    const decision = decide(before, event)
    state = decision.state
    pending.push({ event, effects: decision.effects, refused: decision.refused })
    const durable =
      isDurable(event) ||
      decision.effects.some(mustBeDurable) ||
      changesDebts(before, state) ||
      pending.length >= PENDING_LIMIT
    if (durable && !commit(decision.effects)) return
    for (const effect of decision.effects) parts.perform(effect)
    parts.publish(state)
  }

  const drain = (): void => {
    if (running) return
    running = true
    try {
      for (let event = first(inbox); event !== undefined && !halted; event = first(inbox))
        take(event)
    } finally {
      running = false
    }
  }

  return {
    state: () => state,
    dispatch: (event) => {
      if (halted) return
      inbox.push({ ...event, at: parts.clock.wallMs() })
      drain()
    },
    flush: () => {
      if (!halted && pending.length > 0) commit([])
    },
    halt: () => {
      halted = true
    },
  }
}

/** Takes the oldest out; nearly always it is the only one, and taking the last costs nothing. */
function first(inbox: TerminalEvent[]): TerminalEvent | undefined {
  return inbox.length === 1 ? inbox.pop() : inbox.shift()
}

/** Events that change what must survive even when they cause no lasting effect. */
function isDurable(event: TerminalEvent): boolean {
  switch (event.type) {
    case 'started':
    case 'operatorChecked':
    case 'operatorPinChosen':
    case 'printEnded':
    case 'slipsExported':
    case 'hostSilent':
    case 'hostUnreachable':
    case 'reversalReplied':
    case 'reversalUnanswered':
    case 'queryReplied':
    case 'queryUnanswered':
    case 'adviceReplied':
    case 'adviceUnanswered':
    case 'scriptsRan':
    case 'noticeEnded':
    case 'batchReplied':
    case 'batchUnanswered':
    case 'signedOn':
    case 'hostAsked':
    case 'codeRefused':
    case 'downloadEnded':
    case 'drillEnded':
    case 'tillOrdered':
    case 'tillWithdrew':
    case 'signatureGiven':
    case 'signatureReplied':
    case 'signatureUnanswered':
    case 'technicianChecked':
    case 'serviced':
      return true
    case 'keyPressed':
    case 'optionChosen':
    case 'operatorPinRefused':
    case 'localeChosen':
    case 'cardPresented':
    case 'cardReadEnded':
    case 'cardRemoved':
    case 'cardCompleted':
    case 'cardCompletionFailed':
    case 'codeAccepted':
    case 'codeDoubted':
    case 'pinEntered':
    case 'pinEnded':
    case 'deviceHealthChanged':
    case 'hostReplied':
    case 'recordFound':
    case 'recordsFound':
    case 'batchGathered':
    case 'strayAnswerCame':
    case 'signOnFailed':
    case 'signOffEnded':
    case 'linkProbed':
    case 'powerChanged':
    case 'timerFired':
      return false
  }
}
