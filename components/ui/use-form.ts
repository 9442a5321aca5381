'use client'

import { useState } from 'react'
import type { FormSchema } from './form-schema.ts'

export type Problems = Readonly<Record<string, string>>

type Form<Values, Output> = {
  values: Values
  /** The problem of each field, as a code of `common.problems`. */
  problems: Problems
  isChanged: boolean
  set: <Key extends keyof Values>(key: Key, value: Values[Key]) => void
  /** Changes several fields at once. */
  change: (changed: Partial<Values>) => void
  /** The parsed values for the server, or null, and the problems are shown. */
  check: () => Output | null
  /** Starts again from other values. */
  restart: (values: Values) => void
}

/** The state of a form: kept as it was typed, validated on submit by the schema that the server uses. */
export function useForm<Values extends object, Output>(
  schema: FormSchema<Output>,
  initial: Values,
): Form<Values, Output> {
  const [start, setStart] = useState(initial)
  const [values, setValues] = useState(initial)
  const [problems, setProblems] = useState<Problems>({})
  const change = (changed: Partial<Values>) => {
    setValues((before) => ({ ...before, ...changed }))
    setProblems((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !(field in changed))))
  }
  return {
    values,
    problems,
    isChanged: JSON.stringify(values) !== JSON.stringify(start),
    set: (key, value) => change({ [key]: value } as unknown as Partial<Values>),
    change,
    check() {
      const result = schema.safeParse(values)
      if (result.success) return result.data
      const found: Record<string, string> = {}
      for (const { path, message } of result.error.issues) found[String(path[0] ?? '')] ??= message
      setProblems(found)
      return null
    },
    restart(fresh) {
      setStart(fresh)
      setValues(fresh)
      setProblems({})
    },
  }
}
