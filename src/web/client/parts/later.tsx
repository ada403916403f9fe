/** A page that few ever open: it comes when it is first shown, so that nobody waits for it at the start. */
import { type ComponentType, type VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'

type LaterProps<Props extends object> = {
  readonly load: () => Promise<ComponentType<Props>>
  readonly props: Props
  /** Until it has come; and what stands there when it cannot be had. */
  readonly before: VNode
}

export function Later<Props extends object>({ load, props, before }: LaterProps<Props>): VNode {
  const [found, setFound] = useState<{ readonly Page: ComponentType<Props> } | null>(null)
  useEffect(() => {
    let isGone = false
    load().then(
      (Page) => void (isGone || setFound({ Page })),
      // The terminal is just going: its connection says so in a moment, and the way back is there.
      () => undefined,
    )
    return () => {
      isGone = true
    }
  }, [load])
  return found === null ? before : <found.Page {...props} />
}
