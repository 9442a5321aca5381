import { and, eq, type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { DomainError } from '#server/platform/errors.ts'
import { fold } from '#server/platform/rules/text.ts'
import type { EarlierAnswersInput } from '../rules/schemas.ts'
import { asTemplate } from '../rules/templates.ts'
import { visibleTo } from './scope.ts'

export type EarlierAnswer = {
  id: string
  code: string
  agencyName: string | null
  sentAt: Date
  /** A template: the particulars of its report are replaced by variables. */
  what: string
  /** From the agency that holds the report now. */
  isOwn: boolean
}

type Row = Omit<EarlierAnswer, 'sentAt'> & { sentAt: string; title: string; address: string }

/**
 * The number of newest answered reports of the category that are searched, once for the own agency and once for all:
 * older answers help little.
 */
const looksThrough = 400
const most = 8
/** The number of answers fetched, to allow for those with the same text about other places. */
const taken = 4 * most

/**
 * Earlier answers in the same category, from reports that the account may read: the own agency's before the others',
 * the newest first, each text once. Notices to many and rejections are no examples.
 */
export async function earlierAnswers(
  { db, actor }: Context,
  { reportId, words }: EarlierAnswersInput,
): Promise<EarlierAnswer[]> {
  const [report] = await db
    .select({ id: reports.id, categoryCode: reports.categoryCode, agencyId: reports.agencyId })
    .from(reports)
    .where(and(eq(reports.id, reportId), visibleTo(actor)))
  if (!report) throw new DomainError('not_found')
  const rows = await db.execute<Row>(answersBefore(report, actor, words))
  const answers = rows.map(({ title, address, sentAt, what, ...row }) => ({
    ...row,
    what: asTemplate(what, { code: row.code, title, agency: row.agencyName, address }),
    sentAt: new Date(sentAt),
  }))
  const texts = answers.map(({ what }) => what)
  return answers.filter(({ what }, at) => texts.indexOf(what) === at).slice(0, most)
}

type InHand = { id: number; categoryCode: string; agencyId: string | null }

export function answersBefore({ id, categoryCode, agencyId }: InHand, actor: Actor, words: string): SQL {
  const newest = (beside: SQL) => sql`(
    select id, code, title, address, area_id from reports
    where category_code = ${categoryCode} and answered_at is not null and id <> ${id}
      and ${visibleTo(actor)} and ${beside}
    order by answered_at desc limit ${looksThrough})`
  return sql`
    with newest as (${newest(sql`agency_id = ${agencyId}`)} union ${newest(sql`true`)}),
    fitting as (
      select distinct on (answers.what) answers.id, newest.code, newest.title, answers.what,
        coalesce(nullif(newest.address, ''), (select name from areas where areas.id = newest.area_id), '') as address, answers.sent_at as "sentAt",
        agencies.name as "agencyName", answers.agency_id is not distinct from ${agencyId} as "isOwn"
      from newest
      join report_answers answers on answers.report_id = newest.id
      left join agencies on agencies.id = answers.agency_id
      where answers.status = 'sent' and answers.kind = 'answer' and answers.batch_id is null and ${fits(words)}
      order by answers.what, "isOwn" desc, answers.sent_at desc
    )
    select * from fitting order by "isOwn" desc, "sentAt" desc, id limit ${taken}`
}

/** Every word occurs in the answer or in the title of its report, with or without accents. */
function fits(words: string): SQL {
  const patterns = fold(words)
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  const text = sql`fold_text(newest.title || ' ' || answers.what)`
  return sql.join([sql`true`, ...patterns.map((pattern) => sql`${text} like ${pattern}`)], sql` and `)
}
