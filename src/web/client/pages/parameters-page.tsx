/** What this terminal is set to, in words: to read, to search, to tell support on the telephone. */
import '../styles/parameters.css'
import { ListFilter } from 'lucide'
import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ParameterRow, ParametersView } from '#shell/api/parameters-view.ts'
import type { Desk, PageProps } from '../desk.ts'
import { fitsDigits, LETTERS, lettersOf, SEEK_START } from '../keys/seek.ts'
import { Back } from '../parts/answers.tsx'
import { useAsked } from '../parts/asked.ts'
import { Icon } from '../parts/icon.tsx'

export function ParametersPage({ desk }: PageProps<'parameters'>): VNode {
  const { ask, press, seek, words } = desk
  const view = useAsked<ParametersView>(ask, `/api/parameters?lang=${words.locale}`)
  if (view === null) return <Framed desk={desk} />
  if (view === 'none')
    return (
      <Framed desk={desk}>
        <p class="question">{words.screen.noParameters}</p>
      </Framed>
    )
  const { labels } = view
  const { digits, group, onlyChanged } = seek.state
  return (
    <Framed
      desk={desk}
      beside={
        <button
          type="button"
          class="key word"
          data-key="confirm"
          aria-pressed={onlyChanged}
          onClick={() => press('confirm')}
        >
          <Icon of={ListFilter} />
          <span>{onlyChanged ? labels.all : labels.onlyChanged}</span>
        </button>
      }
    >
      <ul class="parameter-groups">
        {[labels.all, ...view.groups.map(({ title }) => title)].map((title, index) => (
          <li key={title}>
            <button
              type="button"
              class="key"
              data-group={index}
              aria-pressed={index === group}
              onClick={() => seek.choose({ ...SEEK_START, onlyChanged, group: index })}
            >
              {title}
            </button>
          </li>
        ))}
      </ul>
      <p class="parameter-sought" data-testid="sought">
        <span>{view.groups[group - 1]?.title ?? labels.all}</span>
        {digits === '' ? labels.search : lettersOf(digits)}
      </p>
      <Rows desk={desk} view={view} />
      <div class="parameter-letters">
        {LETTERS.map((letters, index) => (
          <button
            type="button"
            class="key"
            key={letters}
            data-letters={letters}
            onClick={() => press(LETTER_KEYS[index] ?? 'clear')}
          >
            {letters}
          </button>
        ))}
        <button type="button" class="key" data-letters="clear" onClick={() => press('clear')}>
          {words.screen.clear}
        </button>
      </div>
    </Framed>
  )
}

const LETTER_KEYS = ['2', '3', '4', '5', '6', '7', '8', '9'] as const

/** The way back stands there whatever else does. */
function Framed(props: {
  readonly desk: Desk
  readonly beside?: VNode
  readonly children?: ComponentChildren
}): VNode {
  const { words, press } = props.desk
  return (
    <>
      {props.children ?? <div class="list" />}
      <Back
        words={words}
        press={press}
        options={[]}
        choose={() => undefined}
        {...(props.beside === undefined ? {} : { beside: props.beside })}
      />
    </>
  )
}

function Rows({ desk, view }: { readonly desk: Desk; readonly view: ParametersView }): VNode {
  const { picked, pick, seek } = desk
  const { digits, group, onlyChanged } = seek.state
  const list = useRef<HTMLOListElement>(null)
  const rows = view.groups
    .filter((_, index) => group === 0 || group === index + 1)
    .flatMap(({ rows: members, title }) => members.map((row) => ({ row, title })))
    .filter(({ row }) => (row.isChanged || !onlyChanged) && fitsDigits(row.name, digits))
  const { showing } = seek
  useEffect(
    () => showing({ groups: view.groups.length, rows: rows.length }),
    [showing, view, rows.length],
  )
  const at = Math.min(picked, rows.length - 1)
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' })
  }, [at])
  return (
    <ol class="list parameters" ref={list} tabIndex={0} data-rows={rows.length}>
      {rows.length === 0 ? <li>{view.labels.none}</li> : null}
      {rows.map(({ row, title }, index) => (
        <li
          key={row.name}
          class={index === at ? 'picked' : ''}
          data-parameter={row.name}
          data-changed={row.isChanged}
          onPointerDown={() => pick(index)}
        >
          {group === 0 && title !== rows[index - 1]?.title ? <h2>{title}</h2> : null}
          <Facts row={row} labels={view.labels} />
        </li>
      ))}
    </ol>
  )
}

function Facts({
  row,
  labels,
}: {
  readonly row: ParameterRow
  readonly labels: ParametersView['labels']
}): VNode {
  return (
    <>
      <p class="parameter-meaning">{row.meaning}</p>
      <p class="parameter-value">
        {row.isChanged ? <span class="parameter-changed">{labels.changed}</span> : null}
        {row.value}
      </p>
      <p class="parameter-name">
        {row.name}
        {row.byDefault === null ? null : (
          <span>
            {labels.byDefault} {row.byDefault}
          </span>
        )}
      </p>
    </>
  )
}
