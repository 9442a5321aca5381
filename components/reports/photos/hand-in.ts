import type { StoredPhoto } from '#components/reports/outbox/outbox.ts'
import { drawnFor } from '#components/trpc/drawn-for.ts'
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

const passing: ReadonlySet<string> = new Set([
  'defect',
  'unavailable',
  'storage_full',
  'busy',
  'database_busy',
  'too_slow',
  'uploads_busy',
  'own_uploads_busy',
  'upload_stalled',
  'upload_quota',
  'too_many_requests',
])

/** The server has trouble of its own, or too much in hand: sent again later it may well take this one. */
export const mayPass = (error: unknown): boolean => error instanceof PhotoRefused && passing.has(error.refusal.code)

type Said = StoredPhoto & { code: string; details?: Record<string, unknown> }

/** Hands a photo in for this account and gives back what it is called: the same photo twice has one id. */
export async function handIn(photo: Blob, accountId: string | undefined, signal?: AbortSignal): Promise<StoredPhoto> {
  const headers = drawnFor(accountId)
  const answer = await fetch('/api/photos', { method: 'POST', body: photo, headers, ...(signal && { signal }) })
  const said = (await answer.json()) as Said
  if (isSessionRefusal(said.code)) endSession(said.code)
  if (!answer.ok) throw new PhotoRefused({ code: said.code ?? 'defect', details: said.details ?? {} })
  return { fileId: said.fileId, width: said.width, height: said.height }
}
