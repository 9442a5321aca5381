import type { Connection } from '#db/client.ts'
import { issueCitizenLink } from '#server/citizen-links/links.ts'

/** A new link to the citizen's page of a report, as a path. */
export const buildCitizenLink = (db: Connection, reportId: number): Promise<string> =>
  issueCitizenLink(db, reportId, { now: new Date() })
