/** Entry of the counter page: wires connection, keys and sound to what is drawn. */
import { effect, signal, useSignalEffect } from '@preact/signals'
import { render, type VNode } from 'preact'
import type { CounterPage, View } from '#shell/api/view.ts'
import { startAudio } from './audio.ts'
import { type Connection, connectCounter } from './connection.ts'
import { Counter } from './counter-page.tsx'
import { type DeskKeys, deskKeys } from './desk-keys.ts'
import { listenToKeys } from './listen-to-keys.ts'
import { loudness } from './loudness.ts'
import { LostPage } from './pages/idle-pages.tsx'
import { type Sound, soundOnce } from './sound-of.ts'
import { wardrobe } from './theme.ts'
import { startTones } from './tones.ts'
import { atFirstTouch } from './voice/on-demand.ts'
import { wordsOf } from './words.ts'

function start(root: HTMLElement): void {
  const connection = connectCounter()
  const audio = startAudio()
  const ring = startTones(audio)
  const loud = (sound: Sound): number => {
    const look = connection.look.value
    const now = new Date()
    return look === null ? 0 : loudness(sound, look, now.getHours() * 60 + now.getMinutes())
  }
  const play = (sound: Sound): void => ring(sound, loud(sound))
  const voice = signal<((view: View | null) => void) | null>(null)
  atFirstTouch(
    () => import('./voice/counter-voice.ts'),
    ({ startCounterVoice }) => {
      const isOn = (): boolean => connection.look.value?.voice === true
      voice.value = startCounterVoice(audio, (as) => (isOn() ? loud(as) : 0))
    },
  )
  const keys = deskKeys(connection.send, play, () => performance.now())
  const once = soundOnce(play)
  const dress = wardrobe(document.documentElement)
  connection.onUnheard((push) => {
    play('refused')
    if (push.type === 'stale') keys.tellStale(push.why)
  })
  listenToKeys({
    press: keys.press,
    move: keys.move,
    swap: keys.swapLanguage,
    help: keys.askHelp,
    reprint: keys.reprint.held,
    machine: keys.tellMachine,
  })
  effect(() => {
    const view = connection.shown.value?.view ?? null
    keys.turn(view)
    once(view)
    voice.value?.(view)
    if (view !== null && connection.look.value !== null)
      dress(connection.look.value, isIdle(view.counter))
  })
  render(<Screen connection={connection} keys={keys} />, root)
}

/** Nobody is in the middle of something. */
function isIdle(page: CounterPage): boolean {
  const { kind } = page
  if (kind === 'amount') return page.typed === ''
  return kind === 'signIn' || kind === 'starting' || kind === 'outOfService'
}

type ScreenProps = { readonly connection: Connection<View>; readonly keys: DeskKeys }

function Screen({ connection, keys }: ScreenProps): VNode {
  const shown = connection.shown.value
  const words = wordsOf(
    shown?.view.locale.counter ?? (document.documentElement.lang === 'en' ? 'en' : 'zh-CN'),
  )
  useSignalEffect(() => {
    const locale = connection.shown.value?.view.locale.counter
    if (locale !== undefined) document.documentElement.lang = locale
  })
  if (shown === null) return <LostPage words={words} gap={connection.gap.value} />
  return (
    <Counter
      desk={{
        ...shown,
        words,
        press: keys.press,
        choose: keys.choose,
        entry: keys.entry.value,
        picked: keys.picked.value,
        pick: keys.pick,
        speak: keys.speak,
        reprint: keys.reprint,
        isHelping: keys.isHelping.value,
        askHelp: keys.askHelp,
        notice: keys.notice.value,
      }}
    />
  )
}

const root = document.getElementById('screen')
if (root !== null) start(root)
