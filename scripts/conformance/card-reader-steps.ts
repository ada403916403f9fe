/** What a card reader must do: read a test card in three ways, and let go of a read in every way. Needs test cards only. */
import { minor } from '#core/money.ts'
import type {
  CardInterface,
  CardOutcome,
  CardReaderPort,
  CardRequest,
} from '#core/ports/card-reader.ts'
import { type Bench, comesBack, opens } from './common-steps.ts'
import { failed, HAND_MS, NOBODY, passed, type Step } from './step.ts'

const SHORT_READ_MS = 2000
const INSTRUCTIONS: Readonly<Record<CardInterface, string>> = {
  contactless: '挥测试卡 / Tap a test card',
  chip: '插入测试卡 / Insert a test card',
  stripe: '刷磁条测试卡(无芯片)/ Swipe a test card without a chip',
}

export function cardReaderSteps(bench: Bench<CardReaderPort>): readonly Step[] {
  const { clock, device } = bench
  return [
    opens(bench, true),
    {
      title: 'a read that no card comes to ends in time',
      run: async () => expected(await device.read(request(SHORT_READ_MS)), 'timedOut'),
    },
    {
      title: 'the terminal can end a read',
      run: async () => {
        const running = device.read(request(HAND_MS))
        clock.after(SHORT_READ_MS / 4, () => void device.cancel())
        return expected(await running, 'cancelled')
      },
    },
    reads(bench, 'contactless'),
    reads(bench, 'chip'),
    reads(bench, 'stripe'),
    comesBack(bench),
  ]
}

function reads({ device, tester }: Bench<CardReaderPort>, how: CardInterface): Step {
  return {
    title: `reads a test card: ${how}`,
    run: async () => {
      if (!tester.hand(INSTRUCTIONS[how])) return NOBODY
      const outcome = await device.read(request(HAND_MS))
      if (outcome.kind !== 'card') return unexpected(outcome)
      const { card } = outcome
      const note = `${card.pan.masked} ${card.label}`.trim()
      card.pan.wipe()
      card.track2?.wipe()
      if (how === 'chip') {
        tester.hand('取出卡片 / Take the card out')
        await device.complete({ online: false, responseCode: '', issuerData: '' })
      }
      return card.interface === how ? passed(note) : failed(`it was read by ${card.interface}`)
    },
  }
}

function request(timeoutMs: number): CardRequest {
  return {
    amountMinor: minor(1),
    currency: '156',
    transactionType: '00',
    date: '260101',
    time: '120000',
    timeoutMs,
  }
}

function expected(outcome: CardOutcome, kind: CardOutcome['kind']) {
  if (outcome.kind === 'card') {
    outcome.card.pan.wipe()
    outcome.card.track2?.wipe()
  }
  return outcome.kind === kind ? passed() : unexpected(outcome)
}

function unexpected(outcome: CardOutcome) {
  return failed(`${outcome.kind}${outcome.kind === 'deviceFailed' ? `: ${outcome.trouble}` : ''}`)
}
