/** What of a view a customer may see: the screen is turned to strangers. */
import type { CustomerView, View } from './view.ts'

/** The part of a view that leaves for a customer's screen. Named field by field, so that what is added to a view stays inside. */
export function customerView(view: View): CustomerView {
  const { revision, now, drill, direction, work, shopName, locale, customer } = view
  return {
    revision,
    now,
    drill,
    direction,
    ...(work === undefined ? {} : { work }),
    shopName,
    locale,
    customer,
  }
}
