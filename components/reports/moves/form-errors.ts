import type { z } from 'zod'
import type { FormValues, MoveForm } from './forms.ts'

/** An empty value gets its own error, whatever the schema calls it. */
export const formErrors = ['required', 'too_long', 'bad_email', 'gaps', 'choose', 'invalid'] as const
export type FormError = (typeof formErrors)[number]

/** The error of each field, by its key. */
export function errorsIn(
  schema: z.ZodType,
  input: FormValues,
  form: Pick<MoveForm, 'fields'>,
): Record<string, FormError> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return {}
  const found: Record<string, FormError> = {}
  for (const issue of parsed.error.issues) {
    const key = String(issue.path[0] ?? '')
    const kind = form.fields.find((field) => field.key === key)?.kind
    found[key] ??= known(issue.message) ?? (kind === 'text' || kind === 'line' ? 'invalid' : 'choose')
  }
  return found
}

const known = (message: string): FormError | undefined => formErrors.find((error) => error === message)
