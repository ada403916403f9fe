/** What a person can say was wrong; kept with the correction as its reason. */
export type Cause =
  | 'wrongAmount'
  | 'holdMeant'
  | 'saleMeant'
  | 'wrongPayer'
  | 'paidTwice'
  | 'customerWish'
  | 'exchange'
