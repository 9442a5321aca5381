const form = /^[\w-]{1,200}$/

/** Encodes a position as an opaque text. */
export const cursorOf = (place: string): string => Buffer.from(place).toString('base64url')

/** The position of a cursor; null if the text is not a cursor. */
export const placeIn = (cursor: string): string | null =>
  form.test(cursor) ? Buffer.from(cursor, 'base64url').toString() : null
