import type { AnswerKind, AnswerStatus } from './parts.ts'

type Answer = {
  id: string
  kind: AnswerKind
  status: AnswerStatus
  author: { id: string; name: string }
  createdAt: Date
}

/**
 * The answer that a colleague put forward or sent since somebody began to write one: whoever writes is asked once
 * whether the citizen needs to hear it twice. One that was taken back again is none.
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
