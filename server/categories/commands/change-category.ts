import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { categories } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { agencyInOffice } from '#server/agencies/queries.ts'
import { recordEvent } from '#server/events/commands.ts'
import { conflictOver } from '#server/events/queries.ts'
import { changesBetween, isUnchanged } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockCategory } from '../queries.ts'
import type { CategoryFields, ChangeCategory, ChangeCategoryGroup } from '../rules/schemas.ts'

type Changed = { code: string; version: number }

/** Limits apply to clocks that start from now on: promises already made to citizens stay as they are. */
export async function changeCategory(ctx: Context, { code, version, fields }: ChangeCategory): Promise<Changed> {
  return write(ctx, code, version, 'leaf', async (tx, category) => {
    if (fields.leadAgencyId !== category.leadAgencyId) await assertLead(tx, ctx, fields)
    return fields
  })
}

export async function changeCategoryGroup(ctx: Context, input: ChangeCategoryGroup): Promise<Changed> {
  return write(ctx, input.code, input.version, 'group', async () => input.fields)
}

/** A newly chosen lead agency must be in office; one that ended since may stay until another is chosen. */
export async function assertLead(tx: Transaction, { now }: Context, { leadAgencyId }: CategoryFields): Promise<void> {
  if (leadAgencyId !== null) await agencyInOffice(tx, leadAgencyId, now())
}

async function write(
  ctx: Context,
  code: string,
  seen: number,
  level: 'leaf' | 'group',
  fieldsOf: (tx: Transaction, category: typeof categories.$inferSelect) => Promise<Partial<CategoryFields>>,
): Promise<Changed> {
  if (!mayUse(ctx.actor, 'categories.edit')) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    const category = await lockCategory(tx, code)
    if ((category.parentCode === null) !== (level === 'group')) {
      throw new DomainError('not_found', { subject: 'category', code })
    }
    const subject = { kind: 'category', id: code } as const
    if (category.version !== seen) throw await conflictOver(tx, subject, category.version)
    const fields = await fieldsOf(tx, category)
    const changes = changesBetween(category, fields)
    if (isUnchanged(changes)) return { code, version: category.version }
    const version = category.version + 1
    await tx
      .update(categories)
      .set({ ...fields, version })
      .where(eq(categories.code, code))
    await recordEvent(tx, ctx, { event: 'category.changed', subject, version, details: changes })
    return { code, version }
  })
}
