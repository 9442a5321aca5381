/** A request that never completes must not block the others indefinitely. */
export const callTimeoutMillis = 20_000

/** Bytes in a second of the slowest connection that the time limit allows for. */
const slowestLine = 16_000

export const photoTimeoutMillis = ({ size }: Pick<Blob, 'size'>): number =>
  callTimeoutMillis + (size / slowestLine) * 1000
