/** One line of a file of lines: JSON of the shape that is asked for, or null. Never throws. */
export function parseLine<Line>(
  text: string,
  isLine: (content: unknown) => content is Line,
): Line | null {
  try {
    const content: unknown = JSON.parse(text)
    return isLine(content) ? content : null
  } catch {
    // No JSON at all.
    return null
  }
}
