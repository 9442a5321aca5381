import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { readRisks } from '../queries/risks.ts'
import type { RiskActionInput } from '../rules/risk-actions.ts'
import type { Risk, RiskOwner } from '../rules/today.ts'

type OwnedRisk = Exclude<Risk, { kind: 'alert' }>

/** A risk as it is at this moment, and the part of one of its owners. */
export async function ownedRisk(
  ctx: Context,
  at: Date,
  input: RiskActionInput,
): Promise<{ risk: OwnedRisk; owner: RiskOwner }> {
  const { risks } = await readRisks(ctx, at, input.scope)
  const risk = risks.find(({ id }) => id === input.risk)
  const owner = risk?.owners.find(({ id }) => id === input.agency)
  // It may have been settled since the page was read.
  if (!risk || risk.kind === 'alert' || !owner) throw new DomainError('risk_gone')
  return { risk, owner }
}

/** What is kept of it with what is done about it. */
export function actionOf(ctx: Context, risk: OwnedRisk, owner: RiskOwner) {
  if (ctx.actor.id === null) throw new DomainError('forbidden')
  const place = risk.kind === 'surge' ? risk.place : { category: null, area: null }
  return {
    risk: risk.id,
    kind: risk.kind,
    agencyId: owner.id,
    categoryCode: place.category,
    areaId: place.area,
    count: owner.count,
    address: owner.href,
    byId: ctx.actor.id,
  }
}
