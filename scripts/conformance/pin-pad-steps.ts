/** What a PIN pad must do: show, take a PIN, encipher it under the key that it was told, and let go of an entry in every way. */
import { minor } from '#core/money.ts'
import type { PinOutcome, PinPadPort } from '#core/ports/pin-pad.ts'
import type { SecretArena } from '#core/ports/secret.ts'
import { desDecrypt, desEncrypt } from '#crypto/des.ts'
import { toHex } from '#crypto/hex.ts'
import { decodePinBlock0 } from '#crypto/pin/pin-block.ts'
import { type Bench, comesBack, opens } from './common-steps.ts'
import { failed, HAND_MS, NOBODY, notTried, passed, type Step } from './step.ts'

/** A test card number; it passes the Luhn check and belongs to nobody. */
const TEST_PAN = '6212345678900000003'
const TEST_PIN = '1234'
const TEST_AMOUNT = minor(1)
/** The working key in clear: of no worth, and made for this test; each byte with an odd number of bits, as DES keys must be. */
const TEST_PIN_KEY = Uint8Array.of(1, 2, 4, 7, 8, 11, 13, 14, 16, 19, 21, 22, 25, 26, 28, 31)
const SHORT_ENTRY_MS = 3000
/** A pad may refuse a working key that does not unwrap to odd parity, so no entry can be begun. */
const NO_KEY = notTried('no --master-key was given')

export type PinPadBench = Bench<PinPadPort> & {
  readonly arena: SecretArena
  readonly masterKeyIndex: number
  /** The test master key in the pad, 8 or 16 bytes; null: no PIN can be enciphered for us to read. */
  readonly masterKey: Uint8Array | null
}

export function pinPadSteps(bench: PinPadBench): readonly Step[] {
  const { device, tester } = bench
  return [
    opens(bench, true),
    {
      title: 'shows two lines',
      run: async () => {
        await device.show(['SURETILL TEST', '0123456789'])
        const answer = await tester.confirm(
          '键盘上显示 SURETILL TEST 和 0123456789? / Does the pad show SURETILL TEST and 0123456789?',
        )
        await device.show([])
        if (answer === 'no') return failed('the tester says that it does not')
        return answer === 'assumed' ? NOBODY : passed()
      },
    },
    {
      title: 'enciphers the PIN under the key that it was told',
      run: async () => {
        if (bench.masterKey === null) return NO_KEY
        if (
          !tester.hand(`在键盘上输入 ${TEST_PIN} 并确认 / Type ${TEST_PIN} on the pad, then enter`)
        )
          return NOBODY
        return judgePin(await entry(bench, HAND_MS))
      },
    },
    {
      title: 'the cancel key ends an entry',
      run: async () => {
        if (bench.masterKey === null) return NO_KEY
        if (!tester.hand('按键盘上的取消键 / Press cancel on the pad')) return NOBODY
        return expected(await entry(bench, HAND_MS), 'cancelled')
      },
    },
    {
      title: 'an entry that nobody makes ends in time',
      run: async () =>
        bench.masterKey === null
          ? NO_KEY
          : expected(await entry(bench, SHORT_ENTRY_MS), 'timedOut'),
    },
    {
      title: 'the terminal can end an entry',
      run: async () => {
        if (bench.masterKey === null) return NO_KEY
        const running = entry(bench, HAND_MS)
        bench.clock.after(SHORT_ENTRY_MS / 3, () => void device.cancel())
        return expected(await running, 'cancelled')
      },
    },
    comesBack(bench),
  ]
}

function entry(
  { arena, device, masterKey, masterKeyIndex }: PinPadBench,
  timeoutMs: number,
): Promise<PinOutcome> {
  const wrapped = masterKey === null ? TEST_PIN_KEY : desEncrypt(masterKey, TEST_PIN_KEY)
  const pan = arena.put('pan', new TextEncoder().encode(TEST_PAN))
  return device
    .requestPin({
      pan,
      amountMinor: TEST_AMOUNT,
      key: { kind: 'session', cipher: 'tdes', masterKeyIndex, wrapped: toHex(wrapped) },
      timeoutMs,
    })
    .finally(() => pan.wipe())
}

function judgePin(outcome: PinOutcome) {
  if (outcome.kind !== 'entered') return unexpected(outcome)
  const clear = outcome.block.use((block) => desDecrypt(TEST_PIN_KEY, block))
  outcome.block.wipe()
  const read = decodePinBlock0(clear, TEST_PAN)
  clear.fill(0)
  if (!read.ok) return failed('the block does not open under the key: master keys differ')
  return read.pin === TEST_PIN ? passed() : failed('another PIN came out of the block')
}

function expected(outcome: PinOutcome, kind: PinOutcome['kind']) {
  if (outcome.kind === 'entered') outcome.block.wipe()
  return outcome.kind === kind ? passed() : unexpected(outcome)
}

function unexpected(outcome: PinOutcome) {
  return failed(`${outcome.kind}${outcome.kind === 'deviceFailed' ? `: ${outcome.trouble}` : ''}`)
}
