import type { FormSchema } from '#components/ui/form-schema.ts'
import type { FormValues, MoveForm } from './forms.ts'

/** An empty value gets its own error, whatever the schema calls it. */
export const formErrors = ['required', 'too_long', 'bad_email', 'bad_phone', 'gaps', 'choose', 'invalid'] as const
export type FormError = (typeof formErrors)[number]

/** The error of each field, by its key; that of a field within a group by its path: `reporter.phone`. */
export function errorsIn(
  schema: FormSchema,
  input: FormValues,
  form: Pick<MoveForm, 'fields'>,
  groups: readonly string[] = [],
): Record<string, FormError> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return {}
  const found: Record<string, FormError> = {}
  for (const issue of parsed.error.issues) {
    const [part = '', ...within] = issue.path.map(String)
    const key = groups.includes(part) ? [part, ...within].join('.') : part
    const kind = form.fields.find((field) => field.key === key)?.kind
    found[key] ??= known(issue.message) ?? (kind === 'text' || kind === 'line' ? 'invalid' : 'choose')
  }
  return found
}

const known = (message: string): FormError | undefined => formErrors.find((error) => error === message)
