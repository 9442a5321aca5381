import type { Database } from '#db/client.ts'

type Ask<Answer, Key extends string> = (db: Database, key: Key, at: Date) => Promise<Answer>
type Next<Answer> = { at: Date; answer: Promise<Answer>; begin: () => void }
type Line<Answer> = { next: Next<Answer> | null }

/**
 * Asks the database once for all who ask the same at the same moment: in a storm that is hundreds. Whoever comes while it is being asked
 * waits for the next answer, for the one under way may have looked before what was taken down was gone.
 */
export function askedTogether<Answer, Key extends string>(ask: Ask<Answer, Key>): Ask<Answer, Key> {
  const lines = new WeakMap<Database, Map<string, Line<Answer>>>()

  function linesOf(db: Database): Map<string, Line<Answer>> {
    const known = lines.get(db) ?? new Map<string, Line<Answer>>()
    lines.set(db, known)
    return known
  }

  function begin(db: Database, key: Key, at: Date): Promise<Answer> {
    const [all, line] = [linesOf(db), { next: null } as Line<Answer>]
    all.set(key, line)
    const answer = ask(db, key, at)
    const settle = () => (line.next ? line.next.begin() : all.delete(key))
    answer.then(settle, settle)
    return answer
  }

  return (db, key, at) => {
    const line = linesOf(db).get(key)
    if (!line) return begin(db, key, at)
    if (line.next) {
      line.next.at = at
      return line.next.answer
    }
    const { promise, resolve } = Promise.withResolvers<Answer>()
    const next = { at, answer: promise, begin: () => resolve(begin(db, key, next.at)) }
    line.next = next
    return promise
  }
}
