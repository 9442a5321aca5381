/** A line that swallows what is sent must not keep the others waiting for ever. */
export const callTimeoutMillis = 20_000

/** Bytes in a second of the slowest line on which a photo is still waited for. */
const slowestLine = 16_000

export const photoTimeoutMillis = ({ size }: Pick<Blob, 'size'>): number =>
  callTimeoutMillis + (size / slowestLine) * 1000
