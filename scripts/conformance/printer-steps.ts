/** What a receipt printer must do: tell its state, print what it is sent, and say that it has printed it. */
import type { DeviceTrouble } from '#core/ports/device.ts'
import type { PrinterPort } from '#core/ports/printer.ts'
import { type Bench, comesBack, opens } from './common-steps.ts'
import { becomes, failed, HAND_MS, NOBODY, passed, type Step } from './step.ts'

/** 测试 in GBK, in which Chinese printers write. */
const TEST_IN_GBK = [0xb2, 0xe2, 0xca, 0xd4]
const LINE_END = 0x0a
const FEED_LINES = 4

export function printerSteps(bench: Bench<PrinterPort>): readonly Step[] {
  const { device, tester } = bench
  return [
    opens(bench, false),
    {
      title: 'prints a slip and says so',
      run: async () => {
        const outcome = await device.print({ id: 'CONF', body: testSlip(device.profile.columns) })
        return outcome.kind === 'printed'
          ? passed(`proof: ${outcome.proof}`)
          : failed(`${outcome.kind}${'trouble' in outcome ? `: ${outcome.trouble}` : ''}`)
      },
    },
    {
      title: 'the slip can be read',
      run: async () => {
        const { columns } = device.profile
        const answer = await tester.confirm(
          `小票上有“测试”二字,且一行正好 ${columns} 个数字? / Does the slip show 测试, and ${columns} digits in one line?`,
        )
        if (answer === 'no') return failed('the tester says that it cannot')
        return answer === 'assumed' ? NOBODY : passed()
      },
    },
    tells(bench, 'coverOpen', '打开上盖 / Open the cover', '合上上盖 / Close the cover'),
    tells(
      bench,
      'paperOut',
      '取出纸卷并合上盖 / Take the paper out and close the cover',
      '装回纸卷并合上盖 / Put the paper back and close the cover',
    ),
    comesBack(bench),
  ]
}

/** A trouble that a hand makes and takes away. */
function tells(
  { clock, device, tester }: Bench<PrinterPort>,
  trouble: DeviceTrouble,
  make: string,
  mend: string,
): Step {
  return {
    title: `tells ${trouble}, and that it is over`,
    run: async () => {
      const waiting = { clock, withinMs: HAND_MS }
      if (!tester.hand(make)) return NOBODY
      if (!(await becomes(device, ({ troubles }) => troubles.includes(trouble), waiting)))
        return failed('it was not told')
      tester.hand(mend)
      return (await becomes(device, ({ troubles }) => troubles.length === 0, waiting))
        ? passed()
        : failed('it is still told')
    },
  }
}

function testSlip(columns: number): Uint8Array {
  const ascii = (text: string): number[] => Array.from(text, (one) => one.charCodeAt(0))
  const digits = Array.from({ length: columns }, (_, at) => String((at + 1) % 10)).join('')
  return Uint8Array.from([
    ...ascii('SURETILL '),
    ...TEST_IN_GBK,
    LINE_END,
    ...ascii(digits),
    LINE_END,
    ...ascii('NO SALE'),
    ...Array.from({ length: FEED_LINES }, () => LINE_END),
  ])
}
