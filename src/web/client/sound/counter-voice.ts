/** The voice of the counter: everything that is loaded when somebody is there to hear it. */
import type { View } from '#shell/api/view.ts'
import type { Sound } from './sound-of.ts'
import { startSpeaker } from './speaker.ts'
import { speakOnce } from './utterance.ts'

/** Returns what to call with every view. `loudness` gives 0 where nothing is to be said; then nothing is fetched either. */
export function startCounterVoice(
  audio: () => AudioContext | null,
  loudness: (as: Sound) => number,
): (view: View | null) => void {
  const speaker = startSpeaker(audio)
  const speak = speakOnce(({ clips, as }, view) =>
    speaker.say({ locale: view.locale.counter, clips, volume: loudness(as) }),
  )
  return (view) => {
    if (view !== null && loudness('fail') > 0) speaker.prepare(view.locale.counter)
    speak(view)
  }
}
