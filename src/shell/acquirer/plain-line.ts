/** A line on which frames stand as they are, one behind the other. */
import type { Socket } from 'node:net'
import type { Clock } from '#core/ports/clock.ts'
import { createFrameDecoder } from '#iso8583/frame.ts'
import type { HostAddress, Line, LineListener, LineSettings } from './open-line.ts'

/** `socket` is open, and proved when TLS is wanted. */
export function plainLineOn(
  socket: Socket,
  address: HostAddress,
  settings: LineSettings,
  clock: Clock,
): Line {
  const decoder = createFrameDecoder(settings.framing)
  let listener: LineListener | null = null
  let stopFrameTimer = (): void => undefined
  let open = true

  const close = (): void => {
    open = false
    stopFrameTimer()
    socket.destroy()
  }
  const lose = (detail: string): void => {
    if (!open) return
    close()
    listener?.lost(detail)
  }
  socket.on('data', (chunk: Uint8Array) => {
    stopFrameTimer()
    const { frames, error } = decoder.push(chunk)
    // Whoever takes a frame may close the line; what came glued behind it is still told.
    for (const frame of frames) listener?.frame(frame)
    if (error !== null) lose(`unreadable frame (${error.code})`)
    else if (open && decoder.pending() > 0)
      stopFrameTimer = clock.after(settings.frameTimeoutMs, () => lose('half a frame'))
  })
  socket.on('error', (error) => lose(error.message))
  socket.on('end', () => lose('the host closed the connection'))
  socket.on('close', () => lose('the host closed the connection'))
  return {
    address,
    isOpen: () => open,
    listen: (next) => {
      listener = next
    },
    write: (bytes, handedOver) => void socket.write(bytes, () => handedOver()),
    close,
  }
}
