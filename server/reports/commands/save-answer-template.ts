import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Transaction } from '#db/client.ts'
import { answerTemplates, categories } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { type EntryKind, removeVersioned, type Seen, saveVersioned } from '#server/events/commands/save-versioned.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockAnswerTemplate } from '../queries/answer-templates.ts'
import type { answerTemplateInput } from '../rules/schemas.ts'
import { standardReason, unknownVariables, usualOutcome } from '../rules/templates.ts'

const templates: EntryKind<Awaited<ReturnType<typeof lockAnswerTemplate>>> = {
  kind: 'answer_template',
  events: {
    added: 'answer_template.added',
    changed: 'answer_template.changed',
    removed: 'answer_template.removed',
  },
  table: answerTemplates,
  lock: lockAnswerTemplate,
  // Those who may edit one may edit all, which is checked before.
  assertMay: () => undefined,
  named: ({ name }) => ({ name }),
  kept: ({ name, use, categoryCode, outcome, body }) => ({ name, use, categoryCode, outcome, body: [body, null] }),
}

/** Adds a template (id null) or edits one. An unknown variable is refused: the citizen would read its braces. */
export async function saveAnswerTemplate(ctx: Context, input: z.output<typeof answerTemplateInput>): Promise<Seen> {
  assertMay(ctx)
  const { use, reason, outcome, body, categoryCode } = input
  const [unknown] = unknownVariables(body)
  if (unknown !== undefined) throw new DomainError('template_variable_unknown', { variable: `{{${unknown}}}` })
  return ctx.db.transaction(async (tx) => {
    if (categoryCode !== null) await assertCategory(tx, categoryCode)
    const fitting = { reason: standardReason(use, reason), outcome: usualOutcome(use, outcome) }
    return saveVersioned(tx, ctx, templates, { ...input, ...fitting })
  })
}

export async function removeAnswerTemplate(ctx: Context, seen: Seen): Promise<{ id: string }> {
  assertMay(ctx)
  return ctx.db.transaction((tx) => removeVersioned(tx, ctx, templates, seen))
}

function assertMay({ actor }: Context): void {
  if (!mayUse(actor, 'templates.edit')) throw new DomainError('forbidden')
}

async function assertCategory(tx: Transaction, code: string): Promise<void> {
  const [category] = await tx.select({ code: categories.code }).from(categories).where(eq(categories.code, code))
  if (!category) throw new DomainError('category_unknown', { code })
}
