/** What is known of a battery, and when it is too little; in a file of its own, because state and setup are made of it. */

/** Percent of a full battery: at or below the first it is said, below the second nothing new is begun. */
export type PowerRules = { readonly warnPercent: number; readonly stopPercent: number }

/** As the machine tells it. */
export type Power = { readonly percent: number; readonly onMains: boolean }
