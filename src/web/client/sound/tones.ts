/** Short tones by WebAudio. A sound never carries a fact alone: the page always says the same. */
import type { Sound } from './sound-of.ts'
import { NOTES, type Note } from './tunes.ts'

const VOLUME = 0.12
const FADE_S = 0.008

/** Returns the function that plays a sound at a loudness from 0 to 1. */
export function startTones(
  audio: () => AudioContext | null,
): (sound: Sound, loudness: number) => void {
  return (sound, loudness) => {
    const context = audio()
    if (context === null || loudness === 0) return
    for (const note of NOTES[sound]) ring(context, note, VOLUME * loudness)
  }
}

function ring(context: AudioContext, [hertz, atMs, forMs]: Note, volume: number): void {
  const start = context.currentTime + atMs / 1000
  const end = start + forMs / 1000
  const oscillator = context.createOscillator()
  const gain = context.createGain()
  oscillator.frequency.value = hertz
  gain.gain.setValueAtTime(0, start)
  gain.gain.linearRampToValueAtTime(volume, start + FADE_S)
  gain.gain.setValueAtTime(volume, Math.max(start + FADE_S, end - FADE_S))
  gain.gain.linearRampToValueAtTime(0, end)
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(start)
  oscillator.stop(end)
}
