/** The host's side: its ledger, its messages, and what it will do wrong next. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { BenchState, LedgerEntry } from '../state.ts'
import type { Bench } from './connection.ts'
import { entryKind, entryOutcome, FAULTS } from './host-words.ts'
import { say, yuan } from './words.ts'

type Props = { bench: Bench; state: BenchState }

export function Host({ bench, state }: Props): JSX.Element {
  const locale = bench.locale.value
  const [tab, setTab] = useState<'host' | 'messages'>('host')
  const signedOn = say(locale, state.host.signedOn ? 'signedOn' : 'notSignedOn')
  return (
    <section class="host" aria-label={say(locale, 'host')}>
      <div class="tabs" role="tablist">
        {(['host', 'messages'] as const).map((id) => (
          <button
            key={id}
            type="button"
            role="tab"
            aria-selected={tab === id}
            data-testid={`tab-${id}`}
            onClick={() => setTab(id)}
          >
            {say(locale, id)}
          </button>
        ))}
        <span class={state.host.signedOn ? 'tag good' : 'tag'}>{signedOn}</span>
      </div>
      {tab === 'host' ? (
        <LedgerList bench={bench} state={state} />
      ) : (
        <Messages bench={bench} state={state} />
      )}
      <Faults bench={bench} state={state} />
    </section>
  )
}

function LedgerList({ bench, state }: Props): JSX.Element {
  const locale = bench.locale.value
  const { entries, heldMinor } = state.ledger
  return (
    <div class="list" data-testid="ledger">
      <p class="held">
        <span>{say(locale, 'held')}</span>
        <strong data-testid="held" data-minor={heldMinor}>
          <small>￥</small>
          {yuan(heldMinor)}
        </strong>
      </p>
      {entries.length === 0 && <p class="none">{say(locale, 'noEntries')}</p>}
      <ol>
        {entries.map((entry, index) => (
          <Entry key={entries.length - index} bench={bench} entry={entry} />
        ))}
      </ol>
    </div>
  )
}

function Entry({ bench, entry }: { bench: Bench; entry: LedgerEntry }): JSX.Element {
  const locale = bench.locale.value
  const good = entry.outcome === '00'
  return (
    <li
      class={entry.undone ? 'undone' : ''}
      data-testid="ledger-entry"
      data-kind={entry.kind}
      data-trace={entry.trace}
      data-outcome={entry.outcome}
    >
      <span class="what">
        {entryKind(locale, entry.kind)}
        <span class={good ? 'outcome good' : 'outcome bad'}>
          {good ? '✓' : '✕'} {entryOutcome(locale, entry.outcome)}
          {entry.undone ? ` · ${say(locale, 'undone')}` : ''}
        </span>
      </span>
      <span class="amount">{entry.amountMinor > 0 ? yuan(entry.amountMinor) : ''}</span>
      <span class="facts">
        {entry.at} · {entry.trace} {entry.account && `· ${entry.account}`}
      </span>
    </li>
  )
}

function Messages({ bench, state }: Props): JSX.Element {
  const { messages } = state.host
  return (
    <div class="list" data-testid="messages">
      {messages.length === 0 && <p class="none">{say(bench.locale.value, 'noMessages')}</p>}
      <ol class="messages">
        {messages.map((message, index) => (
          <li key={messages.length - index}>
            <time>{message.at}</time> {message.text}
          </li>
        ))}
      </ol>
    </div>
  )
}

function Faults({ bench, state }: Props): JSX.Element {
  const locale = bench.locale.value
  const { faults } = state.host
  return (
    <div class="faults">
      <h2>
        {say(locale, 'faults')}
        <button
          type="button"
          disabled={faults.length === 0}
          data-testid="clear-faults"
          onClick={() => bench.act('acquirer/clear', {})}
        >
          {say(locale, 'clearFaults')}
        </button>
      </h2>
      <div class="switches">
        {FAULTS.map(({ id, words, fault }) => {
          const armed = faults.find((one) => one.kind === fault.kind && one.code === fault.code)
          return (
            <button
              key={id}
              type="button"
              class={armed ? 'armed' : ''}
              aria-pressed={armed !== undefined}
              data-testid={`fault-${id}`}
              onClick={() => bench.act('acquirer/fault', fault)}
            >
              {words[locale]}
              {armed && <b> ×{armed.times}</b>}
            </button>
          )
        })}
      </div>
    </div>
  )
}
