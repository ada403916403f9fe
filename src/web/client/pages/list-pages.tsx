/** Menu, open items and the last transactions. */
import type { VNode } from 'preact'
import type { Option, RecordView } from '#shell/api/view.ts'
import type { PageProps } from '../desk.ts'
import { Back, Options } from '../parts/answers.tsx'
import { Icon } from '../parts/icon.tsx'
import { Say, Told } from '../parts/say.tsx'
import { lastFour, type Words, wordFor } from '../words.ts'
import { OUTCOME_ICONS, outcomeWord, Slips } from './result-page.tsx'

/** Big tiles; the key that chooses each is printed on it. */
export function MenuPage({ desk, page }: PageProps<'menu'>): VNode {
  const { words, view, press, choose } = desk
  const question = words.pages['menu']?.question ?? ''
  return (
    <>
      <Say words={words} question={view.message === null ? question : ''} message={view.message} />
      <Options words={words} options={besidesBack(page.options)} choose={choose} class="tiles" />
      <Back words={words} press={press} options={page.options} choose={choose} />
    </>
  )
}

/** What is still owed, oldest first; the digits choose among the options of the item that is picked. */
export function OpenItemsPage({ desk, page }: PageProps<'openItems'>): VNode {
  const { words, view, press, choose, picked, pick } = desk
  const question = page.items.length === 0 ? words.screen.nothingOpen : ''
  return (
    <>
      <Say words={words} question={question} message={view.message} />
      <ol class="list">
        {page.items.map((item, index) => (
          <li
            key={item.id}
            class={index === picked ? 'picked' : ''}
            data-item={item.id}
            onPointerDown={() => pick(index)}
          >
            <Told words={words} message={item.message} />
            <Options
              words={words}
              options={item.options}
              choose={(option) => choose(option, item.id)}
              keys={index === picked}
            />
          </li>
        ))}
      </ol>
      <Options words={words} options={besidesBack(page.options)} choose={choose} />
      <Back words={words} press={press} options={page.options} choose={choose} />
    </>
  )
}

/** The last transactions; one is picked, and the options are about that one. */
export function RecordsPage({ desk, page }: PageProps<'records'>): VNode {
  const { words, view, press, choose, picked, pick } = desk
  const chosen = page.records[picked]
  return (
    <>
      <Say
        words={words}
        question={page.records.length === 0 ? words.screen.noRecords : ''}
        message={view.message}
      />
      <ol class="list">
        {page.records.map((record, index) => (
          <li key={record.id} class={index === picked ? 'picked' : ''} data-item={record.id}>
            <button type="button" class="record" onClick={() => pick(index)}>
              <RecordFacts words={words} record={record} />
            </button>
            {index === picked ? <Slips words={words} {...record} /> : null}
          </li>
        ))}
      </ol>
      <Options
        words={words}
        options={besidesBack(page.options)}
        choose={(option) => choose(option, chosen?.id)}
      />
      <Back words={words} press={press} options={page.options} choose={choose} />
    </>
  )
}

/** A payment was a mistake: what can have been wrong with it. */
export function WhatWasWrongPage({ desk, page }: PageProps<'whatWasWrong'>): VNode {
  const { words, view, press, choose } = desk
  return (
    <>
      <div class="record record-asked" data-item={page.record.id}>
        <RecordFacts words={words} record={page.record} />
      </div>
      <Say
        words={words}
        question={view.message === null ? (words.pages['whatWasWrong']?.question ?? '') : ''}
        message={view.message}
      />
      <Options words={words} options={page.options} choose={choose} class="tiles" />
      <Back words={words} press={press} options={page.options} choose={choose} />
    </>
  )
}

function RecordFacts({
  words,
  record,
}: {
  readonly words: Words
  readonly record: RecordView
}): VNode {
  return (
    <>
      <span class={`record-mark ${record.outcome}`} data-work={record.work}>
        <Icon of={OUTCOME_ICONS[record.outcome]} />
      </span>
      <span class="record-amount">￥{record.amount.text.replaceAll(',', '\u2009')}</span>
      <span class="record-facts">
        {wordFor(words.channels, record.channel)}
        {record.last4 === '' ? '' : ` ${lastFour(words, record.last4)}`} ·{' '}
        {isToldByOutcome(words, record)
          ? ''
          : `${wordFor(words.screen.work, record.work ?? '')} · `}
        {outcomeWord(words, record.outcome, record.work)}
        {record.standing === undefined
          ? ''
          : ` · ${wordFor(words.screen.standing, record.standing)}`}
      </span>
      <span class="record-facts">
        {words.screen.trace} {record.trace} · {record.at}
      </span>
    </>
  )
}

/** "Void · Voided" says it twice. */
function isToldByOutcome(words: Words, { outcome, work }: RecordView): boolean {
  return work === undefined || `${outcome}.${work}` in words.outcomes
}

function besidesBack(options: readonly Option[]): readonly Option[] {
  return options.filter((option) => option.id !== 'back')
}
