import { z } from 'zod'
import { calendarDay, writtenMoment } from '../moment.ts'
import { normalise } from '../text.ts'
import { mostValues } from './address.ts'
import type { Filters } from './filters.ts'
import type { IdFormat } from './ids.ts'
import { type Filter, isWrittenInstant } from './kinds.ts'

/** A missing filter counts as empty, so that a page loaded before the filter was added still works. */
type SchemaOf<Value> = z.ZodDefault<z.ZodType<Value, Value>>
export type FilterShape<F extends Filters> = { [N in keyof F]: SchemaOf<F[N]['empty']> }

/** The filters as a procedure accepts them: strict, because the page has already parsed its address leniently. */
export const shapeOf = <F extends Filters>(filters: F): FilterShape<F> =>
  Object.fromEntries(
    Object.entries(filters).map(([name, filter]) => [name, schemaOf(filter).default(filter.empty as never)]),
  ) as unknown as FilterShape<F>

function schemaOf(filter: Filter): z.ZodType {
  switch (filter.kind) {
    case 'text':
      // PostgreSQL accepts neither a NUL nor half a surrogate pair.
      return z.string().max(filter.most).overwrite(normalise)
    case 'choice':
      return z.array(z.enum(filter.values as [string])).max(mostValues)
    case 'one':
      return filter.empty === null ? z.enum(filter.values as [string]).nullable() : z.enum(filter.values as [string])
    case 'ids':
      return z.array(idSchema(filter.format)).max(mostValues)
    case 'id':
      return (
        filter.words.length > 0
          ? z.union([z.enum(filter.words as unknown as [string]), idSchema(filter.format)])
          : idSchema(filter.format)
      ).nullable()
    case 'dayRange':
      return z.object({ from: z.nullable(calendarDay()), to: z.nullable(calendarDay()) }).nullable()
    case 'yesNo':
      return z.boolean().nullable()
    case 'tags':
      return z.array(z.string().max(41).overwrite(normalise)).max(mostValues)
    case 'instantAs':
      return z
        .object({ way: z.enum(filter.ways as [string]), at: writtenMoment().check(z.refine(isWrittenInstant)) })
        .nullable()
  }
}

const idSchema = ({ read, isNumber }: IdFormat<string | number>): z.ZodType =>
  isNumber ? z.number().int().positive() : z.string().refine((text) => read(text) === text, 'bad_id')
