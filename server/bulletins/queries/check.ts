import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { bulletins } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { alertInForce, previewAlert, standingFor } from '../alerts.ts'
import type { AlertPanel } from '../rules/alert.ts'
import { type AlertConsequence, alertConsequence } from '../rules/alert-consequence.ts'
import { type Finding, findingKey } from '../rules/checklist.ts'
import type { BulletinContent } from '../rules/schemas.ts'
import { endOf } from '../rules/validity.ts'
import { areaNames } from './announcement.ts'
import { findingsOf } from './findings.ts'
import { revisionById } from './lock.ts'

type Reading = { db: Connection; now: () => Date }
export type CheckedFinding = Finding & { key: string; acknowledged: boolean }

/** The checklist of a saved text, as it would be evaluated if it were published at `at`, or now. */
export async function checkSaved(
  { db, now }: Reading,
  { id, at }: { id: string; at: Date | null },
): Promise<CheckedFinding[]> {
  const { bulletin, revision } = await currentOf(db, id)
  const findings = await findingsOf(db, bulletin, revision.content, at ?? now())
  return findings.map((finding) => {
    const key = findingKey(finding)
    return { ...finding, key, acknowledged: bulletin.acknowledged.includes(key) }
  })
}

/** What a saved text would mean for the alerts of the city if it were published at `at`, or now. */
export async function consequenceOf(
  { db, now }: Reading,
  { id, at }: { id: string; at: Date | null },
): Promise<AlertConsequence> {
  const { bulletin, revision } = await currentOf(db, id)
  const sendAt = at ?? now()
  return alertConsequence(revision.content, await standingFor(db, bulletin, revision.content, sendAt), sendAt)
}

/** Whom a saved text reaches if it is published, how grave it is and until when. */
export type Reach = {
  areaIds: readonly number[]
  names: string[]
  wholeCity: boolean
  alertSeverity: AlertPanel['severity'] | null
  severity: BulletinContent['severity']
  until: Date | null
}

export async function reachOf({ db }: Pick<Reading, 'db'>, id: string): Promise<Reach> {
  const { content } = (await currentOf(db, id)).revision
  const { areaIds, wholeCity = false, alert, severity } = content
  const names = await areaNames(db, areaIds)
  return { areaIds, names, wholeCity, alertSeverity: alert?.severity ?? null, severity, until: endOf(content) }
}

/** Whether the bulletin is in force as an alert, whatever is being written. */
export async function isAlerting({ db, now }: Reading, id: string): Promise<boolean> {
  return (await alertInForce(db, id, now())) !== null
}

/** The CAP message that a saved text would be sent as now; null where it is no alert, or has no end yet. */
export async function alertOf({ db, now }: Reading, id: string): Promise<string | null> {
  const { bulletin, revision } = await currentOf(db, id)
  return previewAlert(db, bulletin, revision.content, now())
}

async function currentOf(db: Connection, id: string) {
  const [bulletin] = await db.select().from(bulletins).where(eq(bulletins.id, id))
  if (!bulletin) throw new DomainError('not_found', { subject: 'bulletin', id })
  return { bulletin, revision: await revisionById(db, bulletin.currentRevisionId) }
}
