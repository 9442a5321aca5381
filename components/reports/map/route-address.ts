import type { Point } from '#server/reports/rules/neighbourhood.ts'

/** Opens the map application of the phone with the way to the place; a browser without one shows the same way. */
export const routeAddress = ({ lon, lat }: Point): string =>
  `https://www.google.com/maps/dir/?api=1&destination=${lat.toFixed(6)},${lon.toFixed(6)}`
