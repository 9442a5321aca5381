import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Transaction } from '#db/client.ts'
import { answerTemplates, categories } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { recordEvent } from '#server/events/commands.ts'
import { conflictOver } from '#server/events/queries.ts'
import { changesBetween, changesFromNothing, isUnchanged } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockAnswerTemplate } from '../queries/answer-templates.ts'
import type { answerTemplateInput } from '../rules/schemas.ts'
import { standardReason, unknownVariables } from '../rules/templates.ts'

type Saved = { id: string; version: number }

/** Adds a template (id null) or edits one. A variable that does not exist is refused: the citizen would read its braces. */
export async function saveAnswerTemplate(
  ctx: Context,
  { id, version: seen, ...given }: z.output<typeof answerTemplateInput>,
): Promise<Saved> {
  assertMay(ctx)
  const fields = { ...given, reason: standardReason(given.use, given.reason) }
  const [unknown] = unknownVariables(fields.body)
  if (unknown !== undefined) throw new DomainError('template_variable_unknown', { variable: `{{${unknown}}}` })
  return ctx.db.transaction(async (tx) => {
    if (fields.categoryCode !== null) await assertCategory(tx, fields.categoryCode)
    if (id === null) return addTemplate(tx, ctx, fields)
    const template = await lockSeen(tx, { id, version: seen })
    const changes = changesBetween(template, fields)
    if (isUnchanged(changes)) return { id, version: template.version }
    const version = template.version + 1
    await tx
      .update(answerTemplates)
      .set({ ...fields, version })
      .where(eq(answerTemplates.id, id))
    const subject = { kind: 'answer_template', id } as const
    const details = { name: template.name, ...changes }
    await recordEvent(tx, ctx, { event: 'answer_template.changed', subject, version, details })
    return { id, version }
  })
}

export async function removeAnswerTemplate(ctx: Context, input: Saved): Promise<{ id: string }> {
  assertMay(ctx)
  return ctx.db.transaction(async (tx) => {
    const { id, version: _, ...fields } = await lockSeen(tx, input)
    await tx.delete(answerTemplates).where(eq(answerTemplates.id, id))
    await recordEvent(tx, ctx, {
      event: 'answer_template.removed',
      subject: { kind: 'answer_template', id },
      details: { name: fields.name, use: fields.use, categoryCode: fields.categoryCode, body: [fields.body, null] },
    })
    return { id }
  })
}

function assertMay({ actor }: Context): void {
  if (!mayUse(actor, 'templates.edit')) throw new DomainError('forbidden')
}

async function addTemplate(tx: Transaction, ctx: Context, fields: typeof answerTemplates.$inferInsert): Promise<Saved> {
  const [template] = await tx
    .insert(answerTemplates)
    .values(fields)
    .returning({ id: answerTemplates.id, version: answerTemplates.version })
  if (!template) throw new Error('no template was written')
  await recordEvent(tx, ctx, {
    event: 'answer_template.added',
    subject: { kind: 'answer_template', id: template.id },
    version: template.version,
    details: changesFromNothing(fields),
  })
  return template
}

async function lockSeen(tx: Transaction, { id, version }: Saved) {
  const template = await lockAnswerTemplate(tx, id)
  if (template.version !== version) {
    throw await conflictOver(tx, { kind: 'answer_template', id }, template.version)
  }
  return template
}

async function assertCategory(tx: Transaction, code: string): Promise<void> {
  const [category] = await tx.select({ code: categories.code }).from(categories).where(eq(categories.code, code))
  if (!category) throw new DomainError('category_unknown', { code })
}
