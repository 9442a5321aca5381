import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { categories } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { recordEvent } from '#server/events/commands.ts'
import { changesFromNothing } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockCategory } from '../queries.ts'
import type { AddCategory, AddCategoryGroup } from '../rules/schemas.ts'
import { assertLead } from './change-category.ts'

type Row = Pick<AddCategory, 'code'> & { parentCode: string | null } & (
    | AddCategory['fields']
    | AddCategoryGroup['fields']
  )

/** A new category of the second level, under a group. Its code begins with that of its group: `GT-07` under `GT`. */
export async function addCategory(ctx: Context, { code, parentCode, fields }: AddCategory): Promise<{ code: string }> {
  if (!code.startsWith(`${parentCode}-`)) throw new DomainError('category_code_outside_group', { code, parentCode })
  return insert(ctx, { code, parentCode, ...fields }, async (tx) => {
    const parent = await lockCategory(tx, parentCode)
    if (parent.parentCode !== null) throw new DomainError('not_found', { subject: 'category', code: parentCode })
    await assertLead(tx, ctx, fields)
  })
}

export async function addCategoryGroup(ctx: Context, { code, fields }: AddCategoryGroup): Promise<{ code: string }> {
  if (code.includes('-')) throw new DomainError('category_code_outside_group', { code, parentCode: '' })
  return insert(ctx, { code, parentCode: null, ...fields }, async () => undefined)
}

async function insert(ctx: Context, row: Row, assertFits: (tx: Transaction) => Promise<void>) {
  if (!mayUse(ctx.actor, 'categories.edit')) throw new DomainError('forbidden')
  const { code, ...values } = row
  return ctx.db.transaction(async (tx) => {
    await assertFits(tx)
    const [taken] = await tx.select({ name: categories.name }).from(categories).where(eq(categories.code, code))
    if (taken) throw new DomainError('category_code_taken', { code, name: taken.name })
    await tx.insert(categories).values(row)
    await recordEvent(tx, ctx, {
      event: 'category.added',
      subject: { kind: 'category', id: code },
      version: 1,
      details: changesFromNothing(values),
    })
    return { code }
  })
}
