import { endSession } from '#components/trpc/session-end.ts'
import { isSessionRefusal } from '#server/accounts/rules/session.ts'

/** What the door for photos would not take, and why. */
export class PhotoRefused extends Error {
  readonly refusal: { code: string; details: Record<string, unknown> }
  constructor(refusal: PhotoRefused['refusal']) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** Hands a photo in and gives back the id of its file: the same photo twice has one. */
export async function handIn(photo: Blob, signal?: AbortSignal): Promise<string> {
  const answer = await fetch('/api/photos', { method: 'POST', body: photo, ...(signal && { signal }) })
  const said = (await answer.json()) as { fileId: string; code: string; details?: Record<string, unknown> }
  if (isSessionRefusal(said.code)) endSession(said.code)
  if (!answer.ok) throw new PhotoRefused({ code: said.code ?? 'defect', details: said.details ?? {} })
  return said.fileId
}
