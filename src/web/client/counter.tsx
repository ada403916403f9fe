/** Entry of the counter page: wires connection, keys and sound to what is drawn. */
import { effect, signal } from '@preact/signals'
import { render, type VNode } from 'preact'
import { useRef } from 'preact/hooks'
import type { CounterPage, View } from '#shell/api/view.ts'
import { type Connection, connectCounter, type Shown } from './connection.ts'
import { Counter } from './counter-page.tsx'
import { type DeskKeys, deskKeys } from './keys/desk-keys.ts'
import { listenToKeys } from './keys/listen-to-keys.ts'
import { LostPage } from './pages/idle-pages.tsx'
import { startAudio } from './sound/audio.ts'
import { loudness } from './sound/loudness.ts'
import { atFirstTouch } from './sound/on-demand.ts'
import { type Sound, soundOnce } from './sound/sound-of.ts'
import { startTones } from './sound/tones.ts'
import { wardrobe } from './theme.ts'
import { loadWords, type Wordbook, wordbook } from './wordbook.ts'
import type { Words } from './words.ts'

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
    () => import('./sound/counter-voice.ts'),
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
    // A page beside this one is opened by the digit on its link, as by touching it.
    press: (key) => {
      const link = root.querySelector<HTMLAnchorElement>(`a[data-shortcut="${key}"]`)
      if (link === null) keys.press(key)
      else link.click()
    },
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
  render(<Screen connection={connection} keys={keys} wordsOf={wordbook(loadWords)} />, root)
}

/** Nobody is in the middle of something. */
function isIdle(page: CounterPage): boolean {
  const { kind } = page
  if (kind === 'amount') return page.typed === ''
  return kind === 'signIn' || kind === 'starting' || kind === 'outOfService'
}

type ScreenProps = {
  readonly connection: Connection<View>
  readonly keys: DeskKeys
  readonly wordsOf: Wordbook
}

/** A view waits for the words of its language; what was drawn before it stands until they have come. */
function Screen({ connection, keys, wordsOf }: ScreenProps): VNode {
  const drawn = useRef<{ readonly shown: Shown<View>; readonly words: Words } | null>(null)
  const newest = connection.shown.value
  if (newest === null) {
    drawn.current = null
    return <LostPage wordsOf={wordsOf} gap={connection.gap.value} />
  }
  const found = wordsOf(newest.view.locale.counter)
  if (found !== null) {
    drawn.current = { shown: newest, words: found }
    document.documentElement.lang = found.locale
  }
  if (drawn.current === null) return <LostPage wordsOf={wordsOf} gap="connecting" />
  const { shown, words } = drawn.current
  return (
    <Counter
      desk={{
        ...shown,
        words,
        press: keys.press,
        choose: keys.choose,
        entry: keys.entry.value,
        code: keys.code.value,
        typeCode: keys.typeCode,
        picked: keys.picked.value,
        pick: keys.pick,
        speak: keys.speak,
        reprint: keys.reprint,
        isHelping: keys.isHelping.value,
        askHelp: keys.askHelp,
        notice: keys.notice.value,
        ask: connection.ask,
        seek: { state: keys.seek.value, choose: keys.look, showing: keys.showing },
      }}
    />
  )
}

const root = document.getElementById('screen')
if (root !== null) start(root)
