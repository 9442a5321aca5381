import type { Database } from '#db/client.ts'
import { publicMark } from '../queries/public.ts'

type Mark = ReturnType<typeof publicMark>

const underWay = new WeakMap<Database, Mark>()

/** Asked once for all who ask at the same moment: in a storm that is hundreds. */
export function sharedMark(db: Database, at: Date): Mark {
  const asked = underWay.get(db)
  if (asked) return asked
  const mark = publicMark(db, at).finally(() => underWay.delete(db))
  underWay.set(db, mark)
  return mark
}
