import type { Database } from '#db/client.ts'
import { buildNewsroom, contentOf, textOf } from '#db/factories/bulletins.ts'
import { actingAt } from '#db/factories/team.ts'
import { DomainError } from '#server/platform/errors.ts'
import { createBulletin } from '../commands/create-bulletin.ts'
import type { BulletinContent } from '../rules/schemas.ts'

const filing = { incidentId: null, supersedesId: null, isExercise: false }
export const plain = { auto: false, typo: false }
export const refusalOf = (error: unknown) => {
  if (error instanceof DomainError) return error
  throw error
}

export async function begun(db: Database, content = contentOf()) {
  const room = await buildNewsroom(db)
  return { ...room, made: await createBulletin(actingAt(db, room.editor, '08:00'), { ...filing, content }) }
}

export const withBody = (...paragraphs: string[]): BulletinContent =>
  contentOf('Cấm cầu', { vi: textOf('Cấm cầu', ...paragraphs) })
