/** What a page asks the terminal for besides the view. */
import { useEffect, useState } from 'preact/hooks'
import type { Desk } from '../desk.ts'

/** The answer of `path` as JSON; null while it is on its way, `none` when there is none. */
export function useAsked<Found>(ask: Desk['ask'], path: string): Found | 'none' | null {
  const [found, setFound] = useState<Found | 'none' | null>(null)
  useEffect(() => {
    let isGone = false
    const read = async (): Promise<void> => {
      const answer = await readJson<Found>(ask, path)
      if (!isGone) setFound(() => answer)
    }
    void read()
    return () => {
      isGone = true
    }
  }, [ask, path])
  return found
}

async function readJson<Found>(ask: Desk['ask'], path: string): Promise<Found | 'none'> {
  try {
    const answer = await ask(path)
    if (!answer.ok) return 'none'
    const found: Found = await answer.json()
    return found
  } catch {
    // The terminal is going, or hangs: the page does without.
    return 'none'
  }
}
