/** Dragging a card to the reader or a phone to the scanner: the thing itself moves under the pointer. */
import type { Bench } from './connection.ts'

/** A shorter way is a click. */
const CLICK_PX = 6

/** Follows the pointer from a draggable part of the drawing until it is let go. */
export function startDrag(bench: Bench, down: PointerEvent): void {
  const svg = down.currentTarget
  const part =
    down.target instanceof Element
      ? down.target.closest('[data-drag-card],[data-drag-phone]')
      : null
  if (!(svg instanceof SVGSVGElement) || !(part instanceof SVGGElement) || down.button !== 0) return
  const perPixel = 1 / (svg.getScreenCTM()?.a ?? 1)
  let dragged = false
  const move = (event: PointerEvent): void => {
    const x = event.clientX - down.clientX
    const y = event.clientY - down.clientY
    if (!dragged && Math.hypot(x, y) < CLICK_PX) return
    dragged = true
    svg.classList.add('dragging')
    part.setAttribute('transform', `translate(${x * perPixel} ${y * perPixel})`)
    part.setAttribute('pointer-events', 'none')
  }
  const letGo = (event: PointerEvent): void => {
    svg.ownerDocument.removeEventListener('pointermove', move)
    svg.ownerDocument.removeEventListener('pointerup', letGo)
    svg.ownerDocument.removeEventListener('pointercancel', letGo)
    svg.classList.remove('dragging')
    if (!dragged) return
    const under = svg.ownerDocument.elementFromPoint(event.clientX, event.clientY)
    part.removeAttribute('transform')
    part.removeAttribute('pointer-events')
    // The click that follows a drag must not pick the card up as well.
    svg.addEventListener('click', (click) => click.stopPropagation(), { capture: true, once: true })
    window.setTimeout(() => svg.dispatchEvent(new Event('click')), 0)
    if (event.type === 'pointerup') drop(bench, part, under)
  }
  svg.ownerDocument.addEventListener('pointermove', move)
  svg.ownerDocument.addEventListener('pointerup', letGo)
  svg.ownerDocument.addEventListener('pointercancel', letGo)
}

function drop(bench: Bench, part: SVGGElement, under: Element | null): void {
  const card = part.dataset['dragCard']
  const phone = part.dataset['dragPhone']
  const target = under
    ?.closest('.target')
    ?.querySelector('[data-target]')
    ?.getAttribute('data-target')
  if (card !== undefined && target) bench.act('card', { action: target, card })
  if (phone !== undefined && under?.closest('.scanner')) bench.act('phone', { phone })
  bench.held.value = null
}
