import { alertListMark, alertMapMark } from '../queries/alert-marks.ts'
import { publicMark, publicStanding } from '../queries/public.ts'
import { askedTogether } from './together.ts'

/** The key by which copies are revalidated, queried once for all who ask at the same moment. */
export const sharedMark = askedTogether((db, _of: 'all', at) => publicMark(db, at))
export const sharedStanding = askedTogether(publicStanding)
export const sharedAlertMark = askedTogether((db, document: 'list' | 'map', at) =>
  document === 'list' ? alertListMark(db, at) : alertMapMark(db, at),
)
