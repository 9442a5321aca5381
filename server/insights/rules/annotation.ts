import { z } from 'zod'
import { type Actor, holds } from '#server/accounts/rules/actor.ts'
import { moment } from '#server/platform/rules/moment.ts'

/** The kinds of things that may explain a change of the figures. */
export const annotationTags = ['weather', 'outage', 'policy', 'campaign', 'figures', 'other'] as const
export type AnnotationTag = (typeof annotationTags)[number]

type Span = { startsAt: Date; endsAt: Date | null }
const endsAfterStart = ({ startsAt, endsAt }: Span) => endsAt === null || endsAt >= startsAt
const wrongEnd = { path: ['endsAt'], error: 'ends_before_start' }

/** Adds an annotation (id null) or edits one. */
export const saveAnnotationInput = z
  .object({
    id: z.uuid().nullable(),
    version: z.number().int().nonnegative(),
    startsAt: moment('required'),
    /** Null: a moment, not a time range. */
    endsAt: z.nullable(moment('bad_date')),
    tag: z.enum(annotationTags),
    words: z.string().trim().min(1, 'required').max(160, 'too_long'),
    /** Null: it concerns the whole city. */
    agencyId: z.string().min(1).nullable(),
  })
  .refine(endsAfterStart, wrongEnd)
export type SaveAnnotation = z.output<typeof saveAnnotationInput>

export const removeAnnotationInput = z.object({ id: z.uuid(), version: z.number().int().positive() })

/** Managers annotate for their own agencies; for the whole city only a manager of the city does. */
export const mayAnnotate = (actor: Actor, agencyId: string | null): boolean => holds(actor, 'manager', agencyId)
