/** The one way to the loudspeaker, for tones and voice. */

/**
 * Returns what gives the context that sounds are made in; null until the browser allows sound: at the first touch or key, or at once where
 * the kiosk is started with `--autoplay-policy=no-user-gesture-required`.
 */
export function startAudio(): () => AudioContext | null {
  let context: AudioContext | null = null
  const wake = (): void => {
    context ??= new AudioContext()
    if (context.state === 'suspended') void context.resume()
  }
  addEventListener('pointerdown', wake)
  addEventListener('keydown', wake)
  return () => (context?.state === 'running' ? context : null)
}
