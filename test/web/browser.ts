/** A headless Chromium for looking at the pages, with nothing of its own to fetch. */
import { type Browser, chromium } from 'playwright-core'

/** The caller closes it. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
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

export const SIZES = [
  { width: 480, height: 800 },
  { width: 720, height: 1280 },
  { width: 320, height: 240 },
  { width: 800, height: 480 },
] as const

/** What does not fit on the page that is shown: elements cut at the side or under the bottom, as readable names. */
export const FIND_OVERFLOW = `(() => {
  const found = []
  const wide = document.documentElement
  for (const element of document.querySelectorAll('#screen *')) {
    if (element.closest('svg') !== null && element.tagName !== 'svg') continue
    const box = element.getBoundingClientRect()
    if (box.width === 0 || box.height === 0) continue
    const scroller = element.parentElement?.closest('.list, .tiles, .say, .result-field')
    const out = box.right > wide.clientWidth + 1 || box.left < -1 || box.top < -1
    const below = box.bottom > wide.clientHeight + 1 && !scroller
    const clipped = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
    const name = element.tagName.toLowerCase() + '.' + String(element.className.baseVal ?? element.className).replaceAll(' ', '.')
    if (out || below) found.push(name + ' leaves the screen')
    else if (clipped) found.push(name + ' is cut')
  }
  for (const element of document.querySelectorAll('.say, .result-field, .tiles')) {
    if (element.scrollHeight > element.clientHeight + 1) found.push(element.className + ' scrolls by ' + (element.scrollHeight - element.clientHeight))
  }
  return found
})()`

/** Amounts that are not the largest text of their page, or whose contrast to what is behind them is below 7:1. */
export const FIND_FAINT_AMOUNTS = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number)
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const behind = (element) => {
    for (let up = element; up !== null; up = up.parentElement) {
      const { backgroundColor } = getComputedStyle(up)
      if (channels(backgroundColor)[3] !== 0) return backgroundColor
    }
    return 'rgb(255, 255, 255)'
  }
  const sizeOf = (element) => parseFloat(getComputedStyle(element).fontSize)
  const found = []
  for (const number of document.querySelectorAll('.figure-number')) {
    const [dark, light] = [luminance(getComputedStyle(number).color), luminance(behind(number))].sort((a, b) => a - b)
    const contrast = (light + 0.05) / (dark + 0.05)
    if (contrast < 7) found.push('amount has contrast ' + contrast.toFixed(2))
    for (const other of document.querySelectorAll('#screen p, #screen h1, #screen h2, #screen span, #screen li, #screen button')) {
      if (!number.contains(other) && other.textContent !== '' && sizeOf(other) >= sizeOf(number)) found.push('amount is not larger than ' + other.className)
    }
  }
  return found
})()`
