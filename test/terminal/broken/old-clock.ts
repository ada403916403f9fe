/** Preloaded into a process that is to believe in the second day of 1970, as after an empty clock battery. Time itself goes on. */
const real = Date.now
const started = real()
const BATTERY_EMPTY_MS = 86_400_000

Date.now = (): number => BATTERY_EMPTY_MS + real() - started
