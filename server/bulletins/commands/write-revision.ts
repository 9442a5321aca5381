import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { bulletinRevisions, type bulletins } from '#db/schema/index.ts'
import { fold } from '#server/platform/rules/text.ts'
import { wordsIn } from '../rules/document-text.ts'
import type { BulletinContent } from '../rules/schemas.ts'

type NewRevision = {
  bulletinId: string
  number: number
  editorId: string
  editorFor?: string | null
  content: BulletinContent
  at: Date
  auto?: boolean
  sealed?: boolean
  typoOfId?: string | null
  restoredFromId?: string | null
}

export async function writeRevision(tx: Transaction, { at, ...revision }: NewRevision): Promise<string> {
  const words = wordsIn(revision.content.vi.body)
  const [row] = await tx
    .insert(bulletinRevisions)
    .values({ ...revision, words, createdAt: at, savedAt: at })
    .returning({ id: bulletinRevisions.id })
  if (!row) throw new Error('no revision was written')
  return row.id
}

export async function sealRevision(tx: Transaction, id: string): Promise<void> {
  await tx
    .update(bulletinRevisions)
    .set({ sealed: true })
    .where(and(eq(bulletinRevisions.id, id), eq(bulletinRevisions.sealed, false)))
}

/** The columns of a text that lists show, stored beside the state. */
export function listedOf({ kind, severity, vi, alert }: BulletinContent): Partial<typeof bulletins.$inferInsert> & {
  kind: BulletinContent['kind']
  severity: BulletinContent['severity']
  title: string
} {
  return { kind, severity, title: vi.title, isAlert: alert !== null, folded: fold(`${vi.title} ${vi.summary}`) }
}
