import type { StoredPhoto } from '#components/reports/outbox/outbox.ts'
import { drawnFor } from '#components/trpc/drawn-for.ts'
import { endSession } from '#components/trpc/session-end.ts'
import { isSessionRefusal } from '#server/accounts/rules/session.ts'

/** A refusal of the photo endpoint. */
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

/** The server has a temporary error, or too many requests: sent again later the photo may be accepted. */
export const mayPass = (error: unknown): boolean => error instanceof PhotoRefused && passing.has(error.refusal.code)

type Said = StoredPhoto & { code: string; details?: Record<string, unknown> }

/** Uploads a photo for this account and returns its id: the same photo twice has one id. */
export async function handIn(photo: Blob, accountId: string | undefined, signal?: AbortSignal): Promise<StoredPhoto> {
  const headers = drawnFor(accountId)
  const answer = await fetch('/api/photos', { method: 'POST', body: photo, headers, ...(signal && { signal }) })
  const said = (await answer.json()) as Said
  if (isSessionRefusal(said.code)) endSession(said.code)
  if (!answer.ok) throw new PhotoRefused({ code: said.code ?? 'defect', details: said.details ?? {} })
  return { fileId: said.fileId, width: said.width, height: said.height }
}
