/** The voice is no part of the first load: it comes with the first touch or key, before which browsers allow no sound anyway. */

/** Calls `ready` once, when somebody is there and the module has come; never when it cannot be had: the page says everything anyway. */
export function atFirstTouch<Module>(
  load: () => Promise<Module>,
  ready: (module: Module) => void,
): void {
  const begin = (): void => {
    removeEventListener('pointerdown', begin)
    removeEventListener('keydown', begin)
    void load().then(ready, () => undefined)
  }
  addEventListener('pointerdown', begin)
  addEventListener('keydown', begin)
}
