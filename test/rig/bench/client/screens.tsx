/** The two screens of the terminal, small but alive where the terminal lets itself be framed, else as links. */
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { customerAddress } from '../customer-address.ts'
import type { BenchState } from '../state.ts'
import type { Bench } from './connection.ts'
import { say, type Word } from './words.ts'

/** How often we ask whether the screens are there yet. */
const ASK_AGAIN_MS = 1500
/** What the screens are drawn for. */
const SCREEN = { width: 480, height: 800 }

type Props = { bench: Bench; state: BenchState }

export function Screens({ bench, state }: Props): JSX.Element {
  const locale = bench.locale.value
  const shown = useFramable(state)
  return (
    <section class="screens" aria-label={say(locale, 'terminal')}>
      <Screen
        class="counter-screen"
        testId="counter-screen"
        title={say(locale, 'counterScreen')}
        address={shown ? state.screens : null}
        dark={say(locale, 'noScreen')}
      />
      <div class="beside">
        <Screen
          class="customer-screen"
          testId="customer-screen"
          title={say(locale, 'customerScreen')}
          address={shown ? customerAddress(state.screens) : null}
          dark={say(locale, 'noScreen')}
        />
        <Terminal bench={bench} state={state} />
      </div>
    </section>
  )
}

function Terminal({ bench, state }: Props): JSX.Element {
  const locale = bench.locale.value
  const { terminal } = state
  if (!terminal) {
    return (
      <div class="terminal">
        <strong>{say(locale, 'byHand')}</strong>
        <code>suretill run --config {state.configFolder} --data ./data</code>
      </div>
    )
  }
  return (
    <div class="terminal" data-testid="terminal" data-phase={terminal.phase}>
      <strong>{say(locale, 'terminal')}</strong>
      <span class={`phase ${terminal.phase}`}>{say(locale, PHASE_WORDS[terminal.phase])}</span>
      <span>
        {say(locale, 'powerCuts')} {terminal.powerCuts} {say(locale, 'times')}
      </span>
    </div>
  )
}

const PHASE_WORDS: Record<'off' | 'starting' | 'ready' | 'crashed', Word> = {
  off: 'phaseOff',
  starting: 'phaseStarting',
  ready: 'phaseReady',
  crashed: 'phaseCrashed',
}

type ScreenProps = {
  class: string
  testId: string
  title: string
  address: string | null
  dark: string
}

/** A frame of the screen's own size, shrunk to the room that there is. */
function Screen(props: ScreenProps): JSX.Element {
  const [box, setBox] = useState<HTMLDivElement | null>(null)
  const [scale, setScale] = useState(0.5)
  useEffect(() => {
    if (!box) return
    const observer = new ResizeObserver(() => setScale(box.clientWidth / SCREEN.width))
    observer.observe(box)
    return () => observer.disconnect()
  }, [box])
  return (
    <figure class={props.class}>
      <figcaption>{props.title}</figcaption>
      <div class="glass" ref={setBox} data-testid={props.testId}>
        {props.address === null ? (
          <span class="dark">{props.dark}</span>
        ) : (
          <iframe
            src={props.address}
            title={props.title}
            width={SCREEN.width}
            height={SCREEN.height}
            style={{ transform: `scale(${scale})` }}
          />
        )}
      </div>
    </figure>
  )
}

/** True while the screens are there and allow this page around them; the rig asks, because a browser may not. */
function useFramable(state: BenchState): boolean {
  const [framable, setFramable] = useState(false)
  const ready = state.terminal === null || state.terminal.phase === 'ready'
  const starts = state.terminal?.starts ?? 0
  useEffect(() => {
    setFramable(false)
    if (!ready) return
    let timer = 0
    const ask = async (): Promise<void> => {
      const answer = await fetch('./api/framable').catch(() => null)
      const framed = answer?.ok === true && (await answer.json()).framable === true
      setFramable(framed)
      if (!framed) timer = window.setTimeout(() => void ask(), ASK_AGAIN_MS)
    }
    void ask()
    return () => clearTimeout(timer)
  }, [ready, starts])
  return ready && framable
}
