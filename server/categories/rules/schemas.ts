import { z } from 'zod'
import { severities } from './severity.ts'

const words = (most: number) => z.string().trim().min(1, 'required').max(most, 'too_long')

/** A working year in minutes: longer than any promise a city would make. */
const longestMinutes = 250 * 480
const minutes = z.number('required').int('whole_minutes').min(1, 'too_short').max(longestMinutes, 'too_large')

/** Working days until a reminder: a month of them at most. */
const days = z.number('required').int('whole_days').min(1, 'too_short').max(30, 'too_large')

const names = { name: words(200), nameEn: words(200), isActive: z.boolean() }

/** The fields of a category of the second level. Minutes are working minutes. */
export const categoryFields = z
  .object({
    ...names,
    defaultSeverity: z.enum(severities),
    intakeMinutes: minutes,
    normalMinutes: minutes,
    urgentMinutes: minutes,
    /** Null: twice the normal limit. */
    complexMinutes: minutes.nullable(),
    /** Null: the People's Committee of the report's place. */
    leadAgencyId: z.string().min(1).nullable(),
    needsApproval: z.boolean(),
    needsPhoto: z.boolean(),
    /** In working days after the due instant: the head of the agency is notified, then the dispatchers of the city. */
    headAfterDays: days,
    cityAfterDays: days,
    /** In working days without activity: after this time the head of the agency is notified. */
    forgottenAfterDays: days,
  })
  .refine(({ headAfterDays, cityAfterDays }) => headAfterDays < cityAfterDays, {
    path: ['cityAfterDays'],
    message: 'city_before_head',
  })
export type CategoryFields = z.output<typeof categoryFields>

/** A category of the first level only groups others. */
export const categoryGroupFields = z.object(names)

const version = z.number().int().positive()
const code = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}(-\d{2})?$/, 'bad_category_code')

export const changeCategoryInput = z.object({ code: z.string().min(1), version, fields: categoryFields })
export type ChangeCategory = z.output<typeof changeCategoryInput>

export const changeCategoryGroupInput = z.object({ code: z.string().min(1), version, fields: categoryGroupFields })
export type ChangeCategoryGroup = z.output<typeof changeCategoryGroupInput>

export const addCategoryInput = z.object({ code, parentCode: z.string().min(1), fields: categoryFields })
export type AddCategory = z.output<typeof addCategoryInput>

export const addCategoryGroupInput = z.object({ code, fields: categoryGroupFields })
export type AddCategoryGroup = z.output<typeof addCategoryGroupInput>
