import type { Database } from '#db/client.ts'

type Ask<Answer, Key extends string> = (db: Database, key: Key, at: Date) => Promise<Answer>
type Next<Answer> = { at: Date; answer: Promise<Answer>; begin: () => void }
type Line<Answer> = { next: Next<Answer> | null }

/**
 * Shares one query among all requests that ask the same at the same moment: in a storm there are hundreds. A request
 * that arrives during a query waits for the next one, because the running one may not yet see that a page was taken
 * down.
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
