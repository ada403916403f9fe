import { expect, test } from 'vitest'
import { openChromium } from './chromium.ts'

test('on a machine without a browser the tests fail with one sentence that says what to install', async () => {
  await expect(openChromium('/nowhere:')).rejects.toThrow(
    /^The browser tests need Chromium: install the package "chromium"\.$/,
  )
})
