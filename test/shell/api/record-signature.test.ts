/** What the list of records says of a signature from the screen, from the payment to wherever it ends. */
import { expect, test } from 'vitest'
import { openItems } from '#core/counter/open-items.ts'
import { recordView } from '#shell/api/record-view.ts'
import { openStage, SHOP, type Stage } from '../../web/played/stage.ts'

const UPLOAD = { tries: 2, retryMs: 10_000, accepted: ['00'], ownStan: false }

/** Paid by the stripe of a card, and the customer is asked to sign. */
function asked(): Stage {
  const shop = openStage({
    signature: { timeoutMs: 60_000 },
    host: { ...SHOP.host, signatureUpload: UPLOAD },
  })
  shop.ask(38)
  shop.presentCard({ interface: 'stripe' })
  const { step } = shop.state()
  if (step.kind === 'pin') shop.tell({ type: 'pinEntered', stan: step.attempt.stan })
  shop.allow({ '15': '1122', '37': '112120461234' })
  return shop
}

function signed(): Stage {
  const shop = asked()
  shop.tell({ type: 'signatureGiven', record: shop.state().signing?.record ?? '', ink: 'AAAA' })
  return shop
}

/** Null: no answer came. */
function answer(shop: Stage, code: string | null): void {
  const upload = shop.state().uploads?.[0]
  const record = upload?.record ?? ''
  if (code === null) {
    shop.tell({ type: 'signatureUnanswered', record, sent: true })
    return
  }
  const fields = { '11': upload?.stan ?? '', '41': SHOP.terminalNumber, '39': code }
  shop.tell({ type: 'signatureReplied', record, reply: { mti: '0830', mac: 'absent', fields } })
}

function said(shop: Stage): string | undefined {
  const record = shop.state().recent.at(-1)
  return record === undefined ? 'no record' : recordView(shop.state(), record).signature
}

test('nobody signed on the screen: the paper is to be signed, until somebody says that it is', () => {
  const shop = asked()
  shop.choose('signOnPaper')
  expect(said(shop)).toBe('onPaper')
  shop.home()
  shop.press('menu', '3')
  const [item] = openItems(shop.state())
  shop.choose('signedOnPaper', item?.id)
  expect(said(shop)).toBeUndefined()
})

test('signed on the screen: under way, then not confirmed, then with the acquirer for good', () => {
  const shop = signed()
  expect(said(shop)).toBe('underWay')
  answer(shop, null)
  expect(said(shop)).toBe('notConfirmed')
  shop.pass(20_000)
  shop.tell({ type: 'timerFired', timer: 'signatureUpload' })
  shop.home()
  answer(shop, '00')
  expect(said(shop)).toBe('acquirer')
  expect(shop.state().uploads).toBeUndefined()
})

test('refused to the last try: a person decides, and the paper in the file is where it ends', () => {
  const shop = signed()
  answer(shop, '25')
  shop.pass(20_000)
  shop.tell({ type: 'timerFired', timer: 'signatureUpload' })
  shop.home()
  answer(shop, '25')
  expect(said(shop)).toBe('givenUp')
  shop.press('menu', '3')
  const item = openItems(shop.state()).find(({ options }) => options.includes('signatureFiled'))
  shop.choose('signatureFiled', item?.id)
  expect(said(shop)).toBe('shop')
  expect(shop.dos()).toContain('keepRecord')
})

test('where the acquirer takes no signatures nothing is said of one', () => {
  const shop = openStage({ signature: { timeoutMs: 60_000 } })
  shop.ask(38)
  shop.presentCard({ interface: 'stripe' })
  const { step } = shop.state()
  if (step.kind === 'pin') shop.tell({ type: 'pinEntered', stan: step.attempt.stan })
  shop.allow({ '15': '1122', '37': '112120461234' })
  shop.tell({ type: 'signatureGiven', record: shop.state().signing?.record ?? '', ink: 'AAAA' })
  expect(said(shop)).toBeUndefined()
})
