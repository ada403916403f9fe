/** The printer with its paper growing out of it, drawn from the bytes that it received. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { Chip, Control } from './control.tsx'
import { PaperDialog } from './paper-dialog.tsx'
import type { PartProps } from './part.ts'
import { say } from './words.ts'

/** Where paper is seen: from the slot up to the edge of the counter. */
const PAPER = { x: 40, width: 192, top: 128, slot: 428 }
const NEXT_PAPER = { ok: 'nearEnd', nearEnd: 'out', out: 'ok' } as const
const PAPER_WORDS = { ok: 'paperOk', nearEnd: 'paperNearEnd', out: 'paperOut' } as const

export function Printer({ bench, state }: PartProps): JSX.Element {
  const locale = bench.locale.value
  const { printer } = state
  const [reading, setReading] = useState(false)
  const trouble = printer.paper === 'out' || printer.cover === 'open' || printer.cutterJammed
  const light = !state.plugged.printer ? 'dark' : trouble ? 'red' : 'green'
  return (
    <g class="printer" data-testid="printer">
      <HangingPaper bench={bench} state={state} onRead={() => setReading(true)} />
      <rect class="device" x={22} y={422} width={228} height={132} rx={14} />
      <rect class="slot" x={34} y={426} width={204} height={6} rx={3} />
      {printer.cover === 'open' && (
        <path class="lid" d="M30,432 L44,404 H228 L242,432 z" data-testid="lid-open" />
      )}
      <circle class={`light ${light}`} cx={44} cy={450} r={5} />
      <text class="name" x={58} y={455}>
        {say(locale, 'printer')}
      </text>
      <Chip
        text={say(locale, 'tear')}
        label={say(locale, 'tear')}
        testId="tear"
        tone="dark"
        width={64}
        x={176}
        y={440}
        onPress={() => bench.act('printer', { tear: true })}
      />
      <Chip
        text={say(locale, PAPER_WORDS[printer.paper])}
        label={`${say(locale, 'paper')}: ${say(locale, PAPER_WORDS[printer.paper])}`}
        testId="paper"
        tone={printer.paper === 'ok' ? 'dark' : 'alert'}
        width={100}
        x={32}
        y={480}
        onPress={() => bench.act('printer', { paper: NEXT_PAPER[printer.paper] })}
      />
      <Chip
        text={say(locale, printer.cover === 'open' ? 'coverOpen' : 'coverClosed')}
        label={say(locale, printer.cover === 'open' ? 'coverOpen' : 'coverClosed')}
        testId="cover"
        tone={printer.cover === 'open' ? 'alert' : 'dark'}
        width={100}
        x={140}
        y={480}
        onPress={() =>
          bench.act('printer', { cover: printer.cover === 'open' ? 'closed' : 'open' })
        }
      />
      <Chip
        text={say(locale, printer.cutterJammed ? 'cutterJammed' : 'cutterOk')}
        label={say(locale, printer.cutterJammed ? 'cutterJammed' : 'cutterOk')}
        testId="cutter"
        tone={printer.cutterJammed ? 'alert' : 'dark'}
        width={100}
        x={32}
        y={516}
        onPress={() => bench.act('printer', { cutterJammed: !printer.cutterJammed })}
      />
      <Chip
        text={`${say(locale, 'papers')} ${printer.papers.length}`}
        label={say(locale, 'readPaper')}
        testId="papers"
        tone="dark"
        width={100}
        x={140}
        y={516}
        onPress={() => setReading(true)}
      />
      {reading && <PaperDialog bench={bench} state={state} onClose={() => setReading(false)} />}
    </g>
  )
}

function HangingPaper(props: PartProps & { onRead: () => void }): JSX.Element {
  const { bench, state } = props
  const last = state.printer.papers.at(-1)
  const blank = 26
  const drawn = last ? Math.max(blank, (last.height * PAPER.width) / last.width) : blank
  const room = PAPER.slot - PAPER.top
  const seen = Math.min(drawn, room)
  return (
    <Control
      label={say(bench.locale.value, 'readPaper')}
      testId="hanging-paper"
      class="paper"
      onPress={props.onRead}
    >
      <svg
        x={PAPER.x}
        y={PAPER.slot - seen}
        width={PAPER.width}
        height={seen}
        viewBox={`0 ${drawn - seen} ${PAPER.width} ${seen}`}
      >
        <rect class="sheet" width={PAPER.width} height={drawn} />
        {last && (
          <image
            data-testid="paper-image"
            data-paper={last.id}
            href={`./api/papers/${last.id}.svg?h=${last.height}`}
            width={PAPER.width}
            height={drawn}
          />
        )}
      </svg>
    </Control>
  )
}
