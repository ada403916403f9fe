/** A technician's visit: the doctor is run on the broken terminal, and its report is read in both languages. */
import type { Surroundings, Workbench } from './workbench.ts'

export type Visit = {
  readonly exitCode: number
  readonly en: string
  readonly 'zh-CN': string
}

const NOTHING_KEPT = 2

/** The second language is asked for with `--last`, which asks no device again. On a disk that could keep nothing the doctor is run again. */
export async function visit(
  bench: Workbench,
  surroundings: Surroundings,
  args: readonly string[] = [],
): Promise<Visit> {
  const en = await bench.suretill(['doctor', '--lang', 'en', ...args], surroundings)
  const kept = await bench.suretill(['doctor', '--lang', 'zh-CN', '--last'])
  const zh =
    kept.exitCode === NOTHING_KEPT
      ? await bench.suretill(['doctor', '--lang', 'zh-CN', ...args], surroundings)
      : kept
  return { exitCode: en.exitCode, en: en.out, 'zh-CN': zh.out }
}
