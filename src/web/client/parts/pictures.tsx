/** What to do, as one picture: no words in it, so that it needs no translation. */
import type { VNode } from 'preact'
import type { Means } from '#shell/api/view.ts'

/** A card, a phone with a payment code, or both, moving towards the terminal. */
export function PresentPicture({ means }: { readonly means: readonly Means[] }): VNode {
  const phone = means.includes('code')
  const card = means.some((one) => one !== 'code')
  return (
    <svg class="picture" viewBox="0 0 320 160" aria-hidden="true">
      <g class="picture-lines">
        <path d="M150 54a42 42 0 0 1 0 52M166 42a62 62 0 0 1 0 76" class="picture-waves" />
        {card ? <CardPicture /> : null}
        {phone ? <PhonePicture /> : null}
      </g>
    </svg>
  )
}

function CardPicture(): VNode {
  return (
    <g class="picture-card">
      <rect x="20" y="44" width="112" height="72" rx="10" />
      <path d="M20 64h112" class="picture-thick" />
      <rect x="34" y="80" width="22" height="16" rx="3" />
      <path d="M92 100h26" />
    </g>
  )
}

function PhonePicture(): VNode {
  return (
    <g class="picture-phone">
      <rect x="212" y="14" width="76" height="132" rx="12" />
      <path d="M242 24h16" />
      <rect x="226" y="44" width="20" height="20" rx="2" />
      <rect x="254" y="44" width="20" height="20" rx="2" />
      <rect x="226" y="72" width="20" height="20" rx="2" />
      <path d="M256 74h4M270 74h4M256 82h18M256 90h6M270 90h4" />
      <path d="M226 106v22M232 106v22M240 106v22M245 106v22M253 106v22M261 106v22M266 106v22M274 106v22" />
    </g>
  )
}

/** A PIN pad under a hand that shields it. */
export function PinPicture(): VNode {
  const rows = [0, 1, 2]
  return (
    <svg class="picture" viewBox="0 0 320 160" aria-hidden="true">
      <g class="picture-lines">
        <rect x="110" y="14" width="100" height="136" rx="12" />
        <rect x="124" y="26" width="72" height="26" rx="4" />
        <path d="M136 39h.1M150 39h.1M164 39h.1M178 39h.1" class="picture-thick" />
        {rows.flatMap((row) =>
          rows.map((column) => (
            <rect
              key={`${row}${column}`}
              x={126 + column * 25}
              y={64 + row * 26}
              width="18"
              height="18"
              rx="4"
            />
          )),
        )}
        <path d="M84 60c-20 20-24 52-14 84M70 70c-14 20-16 44-10 66" class="picture-waves" />
        <path d="M236 60c20 20 24 52 14 84M250 70c14 20 16 44 10 66" class="picture-waves" />
      </g>
    </svg>
  )
}
