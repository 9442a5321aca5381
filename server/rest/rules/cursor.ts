const form = /^[\w-]{1,200}$/

/** The place behind an entry, as a text that says nothing. */
export const cursorOf = (place: string): string => Buffer.from(place).toString('base64url')

/** The place that a cursor names; null if it is none. */
export const placeIn = (cursor: string): string | null =>
  form.test(cursor) ? Buffer.from(cursor, 'base64url').toString() : null
