'use client'

import { useTranslations } from 'next-intl'
import {
  type ComponentPropsWithoutRef,
  type KeyboardEvent,
  type RefObject,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import { strokeOf } from '#components/keyboard/strokes.ts'
import { TextArea, toEnd } from '#components/ui/TextInput.tsx'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { Offer, Offers } from './offers.ts'
import { putInPlace, takesByEnter } from './open-trigger.ts'
import { TriggerList } from './TriggerList.tsx'
import type { Trigger } from './use-trigger.ts'

type Props = Omit<ComponentPropsWithoutRef<'textarea'>, 'value' | 'onChange'> & {
  ref?: RefObject<HTMLTextAreaElement | null>
  value: string
  onText: (text: string) => void
  trigger: Trigger
  /** The options of the open trigger. */
  offers: Offers
  /** Called before the text of a chosen option is inserted. */
  onChosen?: (offer: Offer) => void
}

/** A text field in which a sign and a few words open a list, and the chosen option replaces them. */
export function TriggerArea({ ref, value, onText, trigger, offers, onChosen, ...area }: Props) {
  const t = useTranslations('report.composer.triggers')
  const listId = useId()
  const own = useRef<HTMLTextAreaElement>(null)
  const field = ref ?? own
  /** The id of the line the user moved to: lines that come meanwhile do not move it. Null: the first. */
  const [goneTo, setGoneTo] = useState<string | null>(null)
  const { autoFocus } = area
  useLayoutEffect(() => {
    if (autoFocus) toEnd(field.current)
  }, [autoFocus, field])
  const { open } = trigger
  const { options, state } = offers
  const current = options.find(({ id }) => id === goneTo) ?? options[0]

  const go = (by: number) => {
    const at = current ? options.indexOf(current) : 0
    setGoneTo(options[(at + by + options.length) % options.length]?.id ?? null)
  }
  const choose = (offer: Offer) => {
    if (!open) return
    const { text } = offer
    onChosen?.(offer)
    field.current?.setSelectionRange(open.start, open.end)
    // As if it were typed, so that Ctrl+Z undoes it; this is the only way to write into the undo history of a field.
    if (!document.execCommand('insertText', false, text)) {
      const after = putInPlace(value, open, text)
      // Rendered before the caret is set: the inserted text would otherwise move it to the end.
      flushSync(() => onText(after.text))
      field.current?.setSelectionRange(after.caret, after.caret)
    }
    trigger.left()
  }
  const press = (event: KeyboardEvent) => {
    // A key press that is part of a composed letter is not a stroke.
    const stroke = open && strokeOf(event.nativeEvent)
    if (!stroke) return
    const takes = stroke === 'Tab' || (stroke === 'Enter' && takesByEnter(open, goneTo !== null))
    if (stroke === 'Escape') trigger.dismiss()
    else if (takes && current) choose(current)
    else if (stroke === 'ArrowDown' && current) go(1)
    else if (stroke === 'ArrowUp' && current) go(-1)
    // Options that are still loading cannot be taken yet, and Enter is not meant as a new line.
    else if (!takes || state !== 'coming') return
    event.preventDefault()
  }
  return (
    <>
      <TextArea
        {...area}
        {...(open && {
          role: 'combobox',
          'aria-autocomplete': 'list',
          'aria-expanded': true,
          'aria-controls': listId,
          'aria-activedescendant': current && `${listId}-${current.id}`,
        })}
        ref={field}
        value={value}
        onChange={({ target }) => {
          setGoneTo(null)
          onText(target.value)
          trigger.typed(target.selectionStart)
        }}
        onSelect={({ currentTarget }) => trigger.selected(currentTarget.selectionStart, currentTarget.selectionEnd)}
        onBlur={trigger.left}
        onKeyDown={press}
      />
      {open && (
        <TriggerList id={listId} trigger={open} offers={offers} current={current} area={field} onChoose={choose} />
      )}
      <VisuallyHidden>
        <span role="status">{open && state !== 'coming' && t('found', { count: options.length })}</span>
      </VisuallyHidden>
    </>
  )
}
