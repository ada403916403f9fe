/** Whether a page may stand in a frame of the bench page. A browser would only show a blank; asking first lets us say so. */

const ASK_TIMEOUT_MS = 1000

/** False as well when nothing answers at `address`. `framer` is the origin of the page around it. */
export async function allowsFraming(address: string, framer: string): Promise<boolean> {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(ASK_TIMEOUT_MS) })
    await answer.body?.cancel()
    if (!answer.ok || answer.headers.has('x-frame-options')) return false
    const policy = answer.headers.get('content-security-policy') ?? ''
    const ancestors = /(?:^|;)\s*frame-ancestors\s+([^;]*)/.exec(policy)?.[1]
    return ancestors === undefined || ancestors.trim().split(/\s+/).includes(framer)
  } catch {
    // Not there yet, or not for us: both mean that there is nothing to frame.
    return false
  }
}
