/** Short tones by WebAudio. A sound never carries a fact alone: the page always says the same. */
import type { Tone } from './tone-once.ts'

/** Frequency in hertz, start and length in milliseconds. */
type Note = readonly [hertz: number, atMs: number, forMs: number]

const NOTES: Readonly<Record<Tone, readonly Note[]>> = {
  key: [[1400, 0, 20]],
  refused: [[220, 0, 80]],
  confirmed: [
    [660, 0, 80],
    [880, 90, 100],
  ],
  read: [[1000, 0, 120]],
  success: [
    [660, 0, 110],
    [880, 120, 110],
    [1100, 240, 180],
  ],
  fail: [
    [520, 0, 160],
    [390, 170, 160],
    [290, 340, 240],
  ],
  unknown: [
    [500, 0, 140],
    [700, 150, 140],
    [500, 300, 140],
    [700, 450, 140],
  ],
}

const VOLUME = 0.12
const FADE_S = 0.008

/** Returns the function that plays a tone. Silent until the browser allows sound (first touch or key). */
export function startTones(): (tone: Tone) => void {
  let context: AudioContext | null = null
  const wake = (): void => {
    context ??= new AudioContext()
    if (context.state === 'suspended') void context.resume()
  }
  addEventListener('pointerdown', wake)
  addEventListener('keydown', wake)
  return (tone) => {
    if (context === null || context.state !== 'running') return
    for (const note of NOTES[tone]) sound(context, note)
  }
}

function sound(context: AudioContext, [hertz, atMs, forMs]: Note): void {
  const start = context.currentTime + atMs / 1000
  const end = start + forMs / 1000
  const oscillator = context.createOscillator()
  const gain = context.createGain()
  oscillator.frequency.value = hertz
  gain.gain.setValueAtTime(0, start)
  gain.gain.linearRampToValueAtTime(VOLUME, start + FADE_S)
  gain.gain.setValueAtTime(VOLUME, Math.max(start + FADE_S, end - FADE_S))
  gain.gain.linearRampToValueAtTime(0, end)
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(start)
  oscillator.stop(end)
}
