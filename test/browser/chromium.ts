/** Finds the browser of the machine. Without one nothing here is proven, so its absence is an error and never a skip. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { type Browser, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'] as const

/** A headless browser with an empty profile that fetches nothing of its own. Rejects with one sentence when there is none. */
export async function openChromium(searchPath = process.env['PATH'] ?? ''): Promise<Browser> {
  const executablePath = findChromium(searchPath)
  if (executablePath === null) {
    throw new Error('The browser tests need Chromium: install the package "chromium".')
  }
  return await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** The first browser in a search path, as `command -v` would find it; null when there is none. */
function findChromium(searchPath: string): string | null {
  for (const name of NAMES) {
    for (const folder of searchPath.split(delimiter)) {
      const path = join(folder, name)
      if (folder !== '' && isExecutable(path)) return path
    }
  }
  return null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    // Not there, or not for us: look further.
    return false
  }
}
