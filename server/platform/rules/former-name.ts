/**
 * Sends a value under its former name as well. Pages opened before the update that renamed it still read the former
 * name; kept for one release. The type stays without it, so that nothing new reads it.
 */
export const withFormerName = <Row extends object>(row: Row, former: string, value: unknown): Row => ({
  ...row,
  [former]: value,
})

/** An offered move as it was sent before: what refuses it was called an obstacle. */
export const asOffered = <Offered extends { refusalReason: string | null }>(offered: Offered): Offered =>
  withFormerName(offered, 'obstacle', offered.refusalReason)
