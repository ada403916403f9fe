/** The voice of the customer's page: everything that is loaded when somebody touches it. */
import type { CustomerView } from '#shell/api/view.ts'
import { guideOf } from './guide.ts'
import { startSpeaker } from './speaker.ts'

/** Returns what reads a page out at a volume from 0 to 1. In a drill too: it is asked for, and the page says what it is. */
export function startCustomerVoice(
  audio: () => AudioContext | null,
): (view: CustomerView, volume: number) => void {
  const { say } = startSpeaker(audio)
  return (view, volume) => say({ locale: view.locale.customer, clips: guideOf(view), volume })
}
