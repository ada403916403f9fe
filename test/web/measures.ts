/** What is measured on a page that is shown. Each is a script for the browser that gives a list of readable faults. */

/** Elements cut at the side or under the bottom, text wider than its box, words broken in two, and fields that scroll where nothing may be missed. */
export const FIND_OVERFLOW = `(() => {
  const found = []
  const wide = document.documentElement
  for (const element of document.querySelectorAll('#screen *')) {
    if (element.closest('svg') !== null && element.tagName !== 'svg') continue
    const box = element.getBoundingClientRect()
    if (box.width === 0 || box.height === 0) continue
    const scroller = element.parentElement?.closest('.list, .tiles, .say, .result-field, .help-words')
    const out = box.right > wide.clientWidth + 1 || box.left < -1 || box.top < -1
    const below = box.bottom > wide.clientHeight + 1 && !scroller
    const clipped = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
    const low = element.matches('button, .field, dd, .bar-row') && element.scrollHeight > element.clientHeight + 1
    const name = element.tagName.toLowerCase() + '.' + String(element.className.baseVal ?? element.className).replaceAll(' ', '.')
    if (out || below) found.push(name + ' leaves the screen')
    else if (clipped || low) found.push(name + ' is cut: ' + element.textContent)
  }
  for (const text of [...document.querySelectorAll('button span')].flatMap((one) => [...one.childNodes])) {
    if (text.nodeType !== 3) continue
    for (const { 0: word, index } of text.data.matchAll(/[A-Za-z]+/g)) {
      const range = document.createRange()
      range.setStart(text, index)
      range.setEnd(text, index + word.length)
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(word + ' is broken in two')
    }
  }
  for (const element of document.querySelectorAll('.say, .result-field, .tiles')) {
    if (element.scrollHeight > element.clientHeight + 1) found.push(element.className + ' scrolls by ' + (element.scrollHeight - element.clientHeight))
  }
  // What stands above the beginning of a field cannot be scrolled to either.
  for (const field of document.querySelectorAll('.tiles')) {
    const lost = [...field.children].filter((one) => one.getBoundingClientRect().top < field.getBoundingClientRect().top - 1)
    for (const one of lost) found.push(one.textContent + ' is above its field')
  }
  return found
})()`

/** What these say the page shows itself: the payment that was chosen, what was paid and what is left. */
const SHOWN_ANYWAY = ['correct.whatWasWrong', 'correct.whyRefund', 'host.partlyApproved']

/** Messages that do not say what happened. */
export const FIND_UNSAID = `[...document.querySelectorAll('#screen [data-message]')]
  .filter(({ dataset }) => !${JSON.stringify(SHOWN_ANYWAY)}.includes(dataset.message))
  .filter((told) => told.querySelector('.told-what').getClientRects().length === 0)
  .map(({ dataset }) => 'what happened is not said: ' + dataset.message)`

/** Standing faults that take more than one line of their bar. */
export const FIND_TALL_FAULTS = `[...document.querySelectorAll('.bar-faults')]
  .filter((bar) => bar.clientHeight > 1.5 * parseFloat(getComputedStyle(bar).lineHeight))
  .map((bar) => 'more than one line: ' + bar.textContent)`

/** Amounts that are not the largest text of their page. */
export const FIND_SMALL_AMOUNTS = `(() => {
  const sizeOf = (element) => parseFloat(getComputedStyle(element).fontSize)
  const found = []
  for (const number of document.querySelectorAll('.figure-number')) {
    for (const other of document.querySelectorAll('#screen p, #screen h1, #screen h2, #screen span, #screen li, #screen button')) {
      if (!number.contains(other) && other.textContent !== '' && sizeOf(other) >= sizeOf(number)) found.push('amount is not larger than ' + other.className)
    }
  }
  return found
})()`

/**
 * Words whose contrast to what is behind them is below `least`, amounts below 7:1. Digits that are not typed yet are no fact
 * and very large: for them `leastFaint` is enough.
 */
export function findFaintWords(least: number, leastFaint: number): string {
  return `(() => {
  const dot = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true })
  const known = new Map()
  const channels = (color) => {
    if (!known.has(color)) {
      dot.clearRect(0, 0, 1, 1)
      dot.fillStyle = color
      dot.fillRect(0, 0, 1, 1)
      const [r, g, b, a] = dot.getImageData(0, 0, 1, 1).data
      known.set(color, [r, g, b, a / 255])
    }
    return known.get(color)
  }
  const over = ([r, g, b, a], under) => [r, g, b].map((value, index) => value * a + under[index] * (1 - a)).concat(1)
  const behind = (element) => {
    if (element === null) return [255, 255, 255, 1]
    const own = channels(getComputedStyle(element).backgroundColor)
    return own[3] === 1 ? own : over(own, behind(element.parentElement))
  }
  const luminance = (color) => {
    const [r, g, b] = color.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const found = []
  for (const element of document.querySelectorAll('#screen *')) {
    const words = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim() !== '')
    if (words.length === 0 || element.getClientRects().length === 0) continue
    const ground = behind(element)
    const [dark, light] = [luminance(over(channels(getComputedStyle(element).color), ground)), luminance(ground)].sort((a, b) => a - b)
    const contrast = (light + 0.05) / (dark + 0.05)
    const faint = element.closest('.figure-faint') !== null
    const amount = element.closest('.figure-number') !== null
    const wanted = faint ? ${leastFaint} : amount ? Math.max(7, ${least}) : ${least}
    if (contrast < wanted) found.push('"' + element.textContent + '" (' + element.className + ') has contrast ' + contrast.toFixed(2))
  }
  return found
})()`
}

/** What is to be pressed and is smaller than \`least\` pixels either way, or nearer than \`gap\` to its neighbour. */
export function findSmallTargets(least: number, gap: number): string {
  return `(() => {
  const found = []
  // What is scrolled out of a list cannot be hit, and what stands half in it is measured when it is scrolled to.
  const isInView = (element) => {
    const box = element.getBoundingClientRect()
    const list = element.closest('.list')?.getBoundingClientRect()
    return box.width > 0 && (list === undefined || (box.top >= list.top && box.bottom <= list.bottom))
  }
  const targets = [...document.querySelectorAll('#screen button')].filter(isInView)
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
  const nameOf = ({ element }) => element.textContent || element.className
  for (const target of targets) {
    const { width, height } = target.box
    if (Math.min(width, height) < ${least} - 0.5) found.push(nameOf(target) + ' is ' + width.toFixed(0) + '×' + height.toFixed(0))
  }
  for (const [index, one] of targets.entries()) {
    for (const two of targets.slice(index + 1)) {
      const across = Math.max(one.box.left, two.box.left) - Math.min(one.box.right, two.box.right)
      const down = Math.max(one.box.top, two.box.top) - Math.min(one.box.bottom, two.box.bottom)
      if (Math.max(across, down) < ${gap} - 0.5) found.push(nameOf(one) + ' and ' + nameOf(two) + ' are ' + Math.max(across, down).toFixed(0) + ' apart')
    }
  }
  return found
})()`
}

/**
 * Keys that are not where they stood in the same language while nothing was told above the page. A state is shown first without any
 * standing fault, release or notice, and then with them.
 */
export const FIND_MOVED_KEYS = `(() => {
  const boxes = new Map()
  for (const element of document.querySelectorAll('#screen main button, #screen main a')) {
    const item = element.closest('[data-item]')?.dataset.item ?? ''
    const { key, option } = element.dataset
    const { x, y, width, height } = element.getBoundingClientRect()
    boxes.set([item, key ?? option ?? element.className].join(' '), [x, y, width, height])
  }
  window.stood ??= {}
  const { lang } = document.documentElement
  if (document.querySelector('.bar-faults, .bar-note, .notice') === null) {
    window.stood[lang] = boxes
    return []
  }
  const found = []
  for (const [name, stood] of window.stood[lang]) {
    const stands = boxes.get(name) ?? []
    // Part of a point is the rounding of a line's height.
    if (!stood.every((side, index) => Math.abs(side - stands[index]) <= 1)) found.push(name + ' went from ' + stood + ' to ' + stands)
  }
  return found
})()`
