import type { Context } from '#server/accounts/context.ts'
import type { BulletinChange } from '../rules/schemas.ts'
import { type MovedBulletin, moveBulletin } from './move-bulletin.ts'
import { endPreviews } from './send-out.ts'

/** Discards a draft, permanently or for a while: no secret link leads to it any more. */
export function discardBulletin(ctx: Context, input: BulletinChange): Promise<MovedBulletin> {
  return moveBulletin(ctx, 'discard', input, async (desk) => {
    await endPreviews(desk)
    return {}
  })
}

/** A draft again, as it was left. */
export function bringBackBulletin(ctx: Context, input: BulletinChange): Promise<MovedBulletin> {
  return moveBulletin(ctx, 'bring_back', input, () => ({}))
}
