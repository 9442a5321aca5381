import { z } from 'zod'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { removeAnswerTemplate, saveAnswerTemplate } from '../commands/save-answer-template.ts'
import { listAnswerTemplates, templatesFor } from '../queries/answer-templates.ts'
import { templateUses } from '../rules/parts.ts'
import { answerTemplateInput } from '../rules/schemas.ts'

const editing = staffProcedure('templates.edit')
const reportInput = z.object({ use: z.enum(templateUses), categoryCode: z.string().min(1) })
const templateInput = z.object({ id: z.uuid(), version: z.number().int().positive() })

export const answerTemplatesRouter = router({
  forReport: staffProcedure('reports.handle')
    .input(reportInput)
    .query(({ ctx, input }) => templatesFor(ctx.db, input)),
  list: editing.query(({ ctx }) => listAnswerTemplates(ctx.db)),
  save: editing.input(answerTemplateInput).mutation(({ ctx, input }) => saveAnswerTemplate(ctx, input)),
  remove: editing.input(templateInput).mutation(({ ctx, input }) => removeAnswerTemplate(ctx, input)),
})
