import type { Transaction } from '#db/client.ts'
import { queueJob } from '#server/platform/jobs.ts'

/** Has the reports that came in before looked through for what the incident looks out for now. */
export async function queueSuggestions(tx: Transaction, incidentId: string): Promise<void> {
  const name = `suggest_reports:${incidentId}`
  await queueJob(tx, 'suggest_reports', { incidentId }, { jobKey: name, line: name })
}
