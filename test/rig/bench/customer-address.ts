/** Where the customer's screen is, given the counter's: the same server and the same token behind the hash. */
export function customerAddress(screens: string): string {
  const address = new URL(screens)
  address.pathname = '/customer'
  return address.href
}
