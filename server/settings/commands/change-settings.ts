import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { settings } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { factorsOf } from '#server/accounts/queries/second-factor.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { isAskedOf } from '#server/accounts/rules/second-factor.ts'
import { recordEvent } from '#server/events/commands.ts'
import { conflictOver } from '#server/events/queries.ts'
import { changesBetween, isUnchanged } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Settings } from '#server/platform/rules/settings.ts'
import { readSettings } from '#server/platform/settings.ts'

/** Settings have no version: the form sends the values it was opened with, and these must still be current. */
export type ChangeSettings = { before: Settings; settings: Settings }

export async function changeSettings(ctx: Context, { before, settings: wanted }: ChangeSettings): Promise<Settings> {
  if (!mayUse(ctx.actor, 'settings.edit')) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('settings'))`)
    const current = await readSettings(tx)
    const subject = { kind: 'setting', id: 'city' } as const
    if (!isUnchanged(changesBetween(before, current))) throw await conflictOver(tx, subject, 0)
    const changes = changesBetween(current, wanted)
    if (isUnchanged(changes)) return current
    await shutNobodyOut(tx, ctx.actor, current, wanted)
    const rows = Object.keys(changes).map((key) => ({ key, value: wanted[key as keyof Settings] }))
    await tx
      .insert(settings)
      .values(rows)
      .onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value` } })
    await recordEvent(tx, ctx, { event: 'setting.changed', subject, details: changes })
    return wanted
  })
}

/** The requirement applies from the next request on, so the account that sets it must have a second factor first. */
async function shutNobodyOut(tx: Transaction, actor: Actor, current: Settings, wanted: Settings): Promise<void> {
  const roles = actor.grants.map(({ role }) => role)
  const isAsked = ({ secondFactorRoles }: Settings) => isAskedOf(roles, secondFactorRoles)
  if (isAsked(current) || !isAsked(wanted)) return
  const { totp, passkeys } = await factorsOf(tx, actor.id as string)
  if (!totp && passkeys.length === 0) throw new DomainError('second_factor_first')
}
