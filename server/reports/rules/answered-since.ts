import type { AnswerKind, AnswerStatus } from './parts.ts'

type Answer = {
  id: string
  kind: AnswerKind
  status: AnswerStatus
  author: { id: string; name: string }
  createdAt: Date
}

/**
 * The answer that a colleague submitted or sent since the user began to write one: the user is asked once whether the
 * citizen needs a second answer. A withdrawn answer does not count.
 */
export function answeredSince<A extends Answer>(
  answers: readonly A[],
  known: readonly Pick<A, 'id'>[],
  myId: string,
): A | null {
  const before = new Set(known.map(({ id }) => id))
  const isNew = ({ id, kind, status, author }: A) =>
    kind === 'answer' && status !== 'withdrawn' && author.id !== myId && !before.has(id)
  return answers.findLast(isNew) ?? null
}
