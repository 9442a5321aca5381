import type { Transaction } from '#db/client.ts'
import { queueJob } from '#server/platform/jobs.ts'

/** Queues a search of earlier reports with the current matcher of the incident. */
export async function queueSuggestions(tx: Transaction, incidentId: string): Promise<void> {
  const name = `suggest_reports:${incidentId}`
  await queueJob(tx, 'suggest_reports', { incidentId }, { jobKey: name, line: name })
}
