import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { log } from '#server/platform/log.ts'
import { jobLimits } from '#server/platform/rules/limits.ts'
import { readSettings } from '#server/platform/settings.ts'
import { passAnswersOn, passedOn } from './pass-on.ts'

/** Reports that began to follow another longer ago are not checked any more. */
const lookedAtHours = 24
const most = 500

/**
 * Looks each minute for reports that follow one with a sent answer which was not passed on to their reporters: the job
 * was lost or ran out of attempts. Passes it on and logs it; one that fails does not stop the others. Returns how many
 * reports there were.
 */
export async function passDueAnswers(ctx: Context): Promise<number> {
  const { undoSeconds } = await readSettings(ctx.db)
  const ago = (seconds: number) => new Date(ctx.now().getTime() - seconds * 1000).toISOString()
  const waiting = await ctx.db.execute<{ id: number }>(sql`
    select distinct report.id from events began join reports report on report.id = began.report_id
    where began.at > ${ago(lookedAtHours * 3600)}::timestamptz
      and began.at <= ${ago(undoSeconds + jobLimits.leftBehindSeconds.passedOn)}::timestamptz
      and began.event in ('report.merged', 'report.linked')
      and exists (select from report_answers answer where answer.status = 'sent'
        and answer.report_id in (report.merged_into_id, report.linked_to_id,
          (select followed.linked_to_id from reports followed where followed.id = report.merged_into_id)))
      and not exists (select from events passed
        where passed.report_id = report.id and passed.event = ${passedOn} and passed.id > began.id)
    order by report.id limit ${most}`)
  const failed: number[] = []
  let late = 0
  for (const { id } of waiting) {
    try {
      const passed = await passAnswersOn(ctx, id)
      late += passed
      if (passed > 0) log.error({ reportId: id, answers: passed }, 'an answer had not been passed on and was late')
    } catch (error) {
      failed.push(id)
      log.error({ err: error, reportId: id }, 'an answer that was not passed on could not be')
    }
  }
  if (failed.length > 0) throw new Error(`the answers for ${failed.length} reports could not be passed on`)
  return late
}
