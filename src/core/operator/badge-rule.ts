/** Whether staff cards are used, as the configuration says. */

/** `optional`: a card may name the person. `required`: no second person without one. */
export type BadgeRule = 'optional' | 'required'
