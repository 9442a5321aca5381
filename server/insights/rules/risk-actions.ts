import { z } from 'zod'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { todayInput } from './today-input.ts'

/** What a leader may do about a risk, besides opening its reports. */
export const riskActionKinds = ['remind', 'explain'] as const

/** Which risk of the page of today, and which of its owners. `scope`: of which agency the page is. */
export const riskActionInput = z.object({
  risk: z.string().min(1).max(200),
  agency: z.string().min(1).max(60),
  scope: todayInput.shape.agency,
})
export type RiskActionInput = z.output<typeof riskActionInput>

/** Managers act on the agencies they lead; heads of agencies on those below their own, never on their own. */
export const mayActOnRisk = ({ grants }: Actor, agencyId: string): boolean =>
  grants.some(
    (grant) =>
      (grant.role === 'manager' || (grant.role === 'approver' && grant.agencyId !== agencyId)) &&
      (grant.cityWide || grant.agencyIds.includes(agencyId)),
  )
