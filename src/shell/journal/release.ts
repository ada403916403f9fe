/** Which program decided. What one release decides another may decide otherwise, so every stretch of the journal names its own. */

/** The version in package.json; a test compares them. */
export const RELEASE = '0.1.0'
