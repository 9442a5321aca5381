import { and, or, type SQL, sql } from 'drizzle-orm'
import { countedStateNumber } from '../rules/counted-state.ts'
import type { Condition } from '../rules/measure-rules.ts'
import { reopenedBy } from '../rules/period.ts'
import { countedState, moment, type Under } from './frames.ts'
import { rowsIn } from './relations.ts'

const column = (name: string): SQL => sql.raw(`f.${name}`)

/** The SQL of a condition: what its evaluation in `rules/row-tests.ts` says. */
export function sqlOf(condition: Condition, under: Under): SQL {
  switch (condition.is) {
    case 'all':
      return and(...condition.of.map((each) => sqlOf(each, under))) as SQL
    case 'any':
      return or(...condition.of.map((each) => sqlOf(each, under))) as SQL
    case 'in_state':
      return sql`${countedState(under)} in (${sql.raw(condition.states.map(countedStateNumber).join(', '))})`
    case 'known':
      return sql`${column(condition.at)} <= ${moment(under.span.asOf)}`
    case 'coming':
      return sql`${column(condition.at)} > ${moment(under.span.asOf)}`
    case 'never':
      return sql`${column(condition.at)} is null`
    case 'by': {
      const { at, limit, days } = condition
      const more = days === undefined ? sql`` : sql.raw(` + interval '${days} days'`)
      return sql`${column(at)} <= ${column(limit)}${more}`
    }
    case 'after':
      return sql`${column(condition.at)} > ${column(condition.limit)}`
    case 'so':
      return column(condition.flag)
    case 'not_so':
      return sql`not ${column(condition.flag)}`
    case 'agency_changed':
      return sql`f.agency_changes >= ${sql.raw(String(condition.times))}`
    case 'rated_as': {
      const { ratings } = condition
      if (ratings === null) return sql`f.rating is not null`
      return sql`f.rating in (${sql.raw(ratings.map((rating) => `'${rating}'`).join(', '))})`
    }
    case 'reopening_known': {
      const until = reopenedBy(under.span)
      return until ? sql`f.reopened_at <= ${moment(until)}` : sql`true`
    }
    case 'last_rating':
      return sql`(f.reopened_at is null or not exists (select from ${rowsIn('closes', under, 'later')}
    where later.report_id = f.report_id and later.number > f.number and later.rating is not null
      and later.agency_id is not distinct from f.agency_id
      and later.at < ${moment(under.span.to)} and later.rated_at <= ${moment(under.span.asOf)}))`
  }
}
