import type { Connection } from '#db/client.ts'
import { validAreas } from '#server/areas/queries.ts'
import { alertCircumstances } from '../alerts.ts'
import { checkBulletin, type Finding } from '../rules/checklist.ts'
import { cleaningFindings } from '../rules/cleaning.ts'
import { correctionFindings } from '../rules/correction-findings.ts'
import { streetText } from '../rules/named-areas.ts'
import type { BulletinContent } from '../rules/schemas.ts'
import { type BulletinRow, revisionById } from './lock.ts'
import { placeNames } from './place-names.ts'
import { areasOfStreets } from './street-areas.ts'

/**
 * The whole checklist of a text, as it would be evaluated if it were published at `sendAt`: by itself, and against what
 * is public.
 */
export async function findingsOf(
  db: Connection,
  bulletin: BulletinRow,
  content: BulletinContent,
  sendAt: Date,
): Promise<Finding[]> {
  const circumstances = await alertCircumstances(db, bulletin, content, sendAt)
  const areas = await validAreas(db, sendAt)
  const streetAreas = await areasOfStreets({ db, now: () => sendAt }, streetText(content))
  const findings = checkBulletin(content, { ...circumstances, areas, streetAreas })
  if (!bulletin.publishedRevisionId || bulletin.publishedRevisionId === bulletin.currentRevisionId) return findings
  const out = await revisionById(db, bulletin.publishedRevisionId)
  const kind = bulletin.correction?.kind ?? null
  if (kind === 'personal_data') findings.push(...cleaningFindings(content, out.content, circumstances.standing, sendAt))
  return [...findings, ...correctionFindings(content, out.content, await placeNames(db, [out.content, content]), kind)]
}
