/**
 * Money bugs to be planted into a copy of the source. A simulation that does not find them would find nothing else either. When the source
 * moves on, the text to find moves with it: a bug that cannot be planted fails its test.
 */
import { ANSWER_BUGS } from './answer-bugs.ts'
import type { Bug } from './bug.ts'
import { CODE_BUGS } from './code-bugs.ts'
import { CORRECTION_BUGS } from './correction-bugs.ts'
import { DEBT_BUGS } from './debt-bugs.ts'
import { HOUSE_BUGS } from './house-bugs.ts'
import { LIST_BUGS } from './list-bugs.ts'
import { MEND_BUGS } from './mend-bugs.ts'
import { SHOP_BUGS } from './shop-bugs.ts'
import { TILL_BUGS } from './till-bugs.ts'

export const BUGS: readonly Bug[] = [
  ...ANSWER_BUGS,
  ...DEBT_BUGS,
  ...CODE_BUGS,
  ...CORRECTION_BUGS,
  ...SHOP_BUGS,
  ...HOUSE_BUGS,
  ...LIST_BUGS,
  ...MEND_BUGS,
  ...TILL_BUGS,
]
