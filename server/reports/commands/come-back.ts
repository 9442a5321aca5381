import type { Kept } from '../rules/kept.ts'
import type { MergeFact } from '../rules/policy.ts'
import type { Desk, Outcome } from './move-report.ts'
import { restoreRequests } from './requests.ts'

/** Where a report comes back to that was merged: to the state it was in, and what was asked for is asked for again. */
export async function comeBack({ tx }: Desk, merge: MergeFact, kept: Kept): Promise<Outcome> {
  await restoreRequests(tx, kept.requestIds ?? [])
  return { set: { stateBefore: merge.innerBefore }, circumstances: { stateBefore: merge.stateBefore } }
}
