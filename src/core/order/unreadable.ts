/** What a dirty window, a dark screen or a loose cable makes of a code; other refusals are of things that were read well. */
const UNREADABLE = ['BAD_CHAR', 'BAD_LENGTH', 'DOUBLE_READ', 'EMPTY', 'TRUNCATED', 'UNKNOWN_TEXT']

/** `why`: the class under which the code was refused. */
export function isUnreadable(why: string): boolean {
  return UNREADABLE.includes(why)
}
