'use client'

import { type ChangeEvent, type ComponentPropsWithRef, useCallback, useLayoutEffect, useRef } from 'react'
import { useIsHydrating } from './use-is-hydrating.ts'

type Field = HTMLInputElement & HTMLTextAreaElement
type Props = ComponentPropsWithRef<'input' | 'textarea'>

/**
 * What was typed into a field before the code of its page had loaded is in the field: its form learns of it here, at
 * once, before a rendering could put back what it knows. Returns the ref for the field.
 */
export function useEarlyText({ ref, value, onChange }: Pick<Props, 'ref' | 'value' | 'onChange'>) {
  const own = useRef<Field>(null)
  const isHydrating = useIsHydrating()
  useLayoutEffect(() => {
    const field = own.current
    if (!isHydrating || !field || !onChange || value === undefined || field.value === String(value)) return
    onChange({ target: field, currentTarget: field } as ChangeEvent<Field>)
  })
  return useCallback(
    (field: Field | null) => {
      own.current = field
      if (typeof ref === 'function') return ref(field)
      if (ref) ref.current = field
    },
    [ref],
  )
}
