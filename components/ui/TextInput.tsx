'use client'

import InputBase from '@mui/material/InputBase'
import NativeSelect from '@mui/material/NativeSelect'
import { ChevronDown } from 'lucide-react'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import { useEarlyText } from './use-early-text.ts'

type TextInputProps = ComponentPropsWithRef<'input'> & {
  /** Before the text, within the frame. */
  icon?: ReactNode
}

/** A line of text. The class goes to its frame, everything else to the field itself. */
export function TextInput({ className, disabled, ref, type = 'text', icon, ...input }: TextInputProps) {
  const field = useEarlyText({ ...input, ref })
  return (
    <InputBase
      fullWidth
      {...frame(className, disabled)}
      inputRef={field}
      type={type}
      startAdornment={icon}
      slotProps={{ input }}
    />
  )
}

/** Puts the caret after existing text, so that typing continues it. */
export const toEnd = (area: HTMLTextAreaElement | null) => area?.setSelectionRange(area.value.length, area.value.length)

/** Several lines; grows with its text where the browser supports it, without measuring it as MUI's own would. */
export function TextArea({ className, disabled, ref, ...area }: ComponentPropsWithRef<'textarea'>) {
  const field = useEarlyText({ ...area, ref: ref ?? (area.autoFocus ? toEnd : undefined) })
  return (
    <InputBase
      fullWidth
      multiline
      inputComponent="textarea"
      {...frame(className, disabled)}
      inputRef={field}
      inputProps={{ rows: 4, ...area }}
    />
  )
}

/** A choice among few: the browser's own list, which is quickest by key and on a phone. */
export function SelectInput({ className, disabled, ref, ...select }: ComponentPropsWithRef<'select'>) {
  return (
    <NativeSelect
      fullWidth
      {...frame(className, disabled)}
      inputRef={ref}
      IconComponent={ChevronDown}
      input={<InputBase />}
      inputProps={select}
    />
  )
}

const frame = (className: string | undefined, disabled: boolean | undefined) => ({
  ...(className && { className }),
  ...(disabled && { disabled }),
})
