import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { answerTemplates, categories } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { RejectReason } from '../rules/lifecycle.ts'
import type { StatedOutcome } from '../rules/outcome.ts'
import type { TemplateUse } from '../rules/parts.ts'

const columns = {
  id: answerTemplates.id,
  name: answerTemplates.name,
  use: answerTemplates.use,
  categoryCode: answerTemplates.categoryCode,
  reason: answerTemplates.reason,
  outcome: answerTemplates.outcome,
  body: answerTemplates.body,
  isActive: answerTemplates.isActive,
  position: answerTemplates.position,
  version: answerTemplates.version,
}

export type AnswerTemplate = {
  id: string
  name: string
  use: TemplateUse
  /** Null: for every category. */
  categoryCode: string | null
  categoryName: string | null
  categoryNameEn: string | null
  /** For a rejection: the reason whose standard text this is. */
  reason: RejectReason | null
  /** For an answer: the outcome that it usually states. */
  outcome: StatedOutcome | null
  body: string
  isActive: boolean
  position: number
  version: number
}

const inOrder = [
  asc(answerTemplates.position),
  sql`${answerTemplates.name} collate "vi-x-icu"`,
  asc(answerTemplates.id),
]

/** Every template for the admin, retired ones included, in the order in which they are offered. */
export async function listAnswerTemplates(db: Connection): Promise<AnswerTemplate[]> {
  return db
    .select({ ...columns, categoryName: categories.name, categoryNameEn: categories.nameEn })
    .from(answerTemplates)
    .leftJoin(categories, eq(categories.code, answerTemplates.categoryCode))
    .orderBy(asc(answerTemplates.use), ...inOrder)
}

export type OfferedTemplate = Pick<AnswerTemplate, 'id' | 'name' | 'body' | 'categoryCode' | 'reason' | 'outcome'>

/** The templates to offer for a report: those of its category and its group first, then those for every category. */
export async function templatesFor(
  db: Connection,
  { use, categoryCode }: { use: TemplateUse; categoryCode: string },
): Promise<OfferedTemplate[]> {
  const group = db.select({ code: categories.parentCode }).from(categories).where(eq(categories.code, categoryCode))
  return db
    .select({
      id: answerTemplates.id,
      name: answerTemplates.name,
      body: answerTemplates.body,
      categoryCode: answerTemplates.categoryCode,
      reason: answerTemplates.reason,
      outcome: answerTemplates.outcome,
    })
    .from(answerTemplates)
    .where(
      and(
        eq(answerTemplates.use, use),
        eq(answerTemplates.isActive, true),
        or(
          isNull(answerTemplates.categoryCode),
          eq(answerTemplates.categoryCode, categoryCode),
          sql`${answerTemplates.categoryCode} = (${group})`,
        ),
      ),
    )
    .orderBy(
      sql`case when ${answerTemplates.categoryCode} = ${categoryCode} then 0 when ${answerTemplates.categoryCode} is null then 2 else 1 end`,
      ...inOrder,
    )
}

export async function lockAnswerTemplate(tx: Transaction, id: string) {
  const [template] = await tx.select(columns).from(answerTemplates).where(eq(answerTemplates.id, id)).for('update')
  if (!template) throw new DomainError('not_found', { subject: 'answer_template', id })
  return template
}
