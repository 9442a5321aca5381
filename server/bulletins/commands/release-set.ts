import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { ReleaseSet } from '../rules/schemas.ts'
import type { MovedBulletin } from './move-bulletin.ts'
import { publishBulletin, scheduleBulletin } from './publish-bulletin.ts'
import { approveBulletin } from './review-bulletin.ts'

/** The outcome for one bulletin of the set: the bulletin as it is now, or the refusal. */
export type Released =
  | { id: string; outcome: 'done'; version: number; state: MovedBulletin['state'] }
  | { id: string; outcome: 'refused'; code: string; details: Readonly<Record<string, unknown>> }

/** One move for many bulletins: each is processed separately, in the order given, and none blocks another. */
export async function releaseSet(ctx: Context, { move, bulletins, at, acknowledged }: ReleaseSet): Promise<Released[]> {
  const released: Released[] = []
  for (const change of bulletins) {
    const input = { ...change, acknowledged: acknowledged[change.id] ?? [] }
    const attempt = () => {
      if (move === 'approve') return approveBulletin(ctx, input)
      return move === 'publish' ? publishBulletin(ctx, input) : scheduleBulletin(ctx, { ...input, at: at as Date })
    }
    released.push(await outcomeOf(change.id, attempt))
  }
  return released
}

async function outcomeOf(id: string, attempt: () => Promise<MovedBulletin>): Promise<Released> {
  try {
    const { version, state } = await attempt()
    return { id, outcome: 'done', version, state }
  } catch (error) {
    if (error instanceof DomainError) return { id, outcome: 'refused', code: error.code, details: error.details }
    throw error
  }
}
