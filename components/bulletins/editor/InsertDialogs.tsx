'use client'

import type { Editor } from '@tiptap/react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { safeAddress } from '#server/bulletins/rules/document.ts'
import styles from './InsertDialogs.module.css'

type Props = { editor: Editor; onClose: () => void }

const withScheme = (typed: string): string => (/^[a-z]+:/i.test(typed.trim()) ? typed : `https://${typed.trim()}`)

/** The address of a link; without a selected word, its text too. */
export function LinkDialog({ editor, onClose }: Props) {
  const t = useTranslations('bulletins.editor.link')
  const [address, setAddress] = useState(String(editor.getAttributes('link').href ?? ''))
  const [words, setWords] = useState('')
  const [isWrong, setWrong] = useState(false)
  const isLinked = editor.isActive('link')
  const needsWords = editor.state.selection.empty && !isLinked
  const confirm = () => {
    const href = safeAddress(withScheme(address))
    if (address.trim() === '' && isLinked) editor.chain().focus().extendMarkRange('link').unsetLink().run()
    else if (href === null) return setWrong(true)
    else if (needsWords) {
      const text = words.trim() || address.trim()
      editor
        .chain()
        .focus()
        .insertContent({ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] })
        .run()
    } else editor.chain().focus().extendMarkRange('link').setLink({ href }).run()
    onClose()
  }
  return (
    <ConfirmDialog open title={t('title')} confirmLabel={t('confirm')} onConfirm={confirm} onClose={onClose}>
      <div className={styles.fields}>
        <FormField
          label={t('address')}
          hint={isLinked ? t('emptyRemoves') : t('hint')}
          error={isWrong ? t('wrong') : undefined}
        >
          {(field) => (
            <TextInput
              {...field}
              value={address}
              inputMode="url"
              placeholder="https://hanoi.gov.vn"
              onChange={(event) => {
                setAddress(event.target.value)
                setWrong(false)
              }}
            />
          )}
        </FormField>
        {needsWords && (
          <FormField label={t('words')}>
            {(field) => <TextInput {...field} value={words} onChange={(event) => setWords(event.target.value)} />}
          </FormField>
        )}
      </div>
    </ConfirmDialog>
  )
}

/** A phone number, inserted as one unit. */
export function PhoneDialog({ editor, onClose }: Props) {
  const t = useTranslations('bulletins.editor.phone')
  const { from, to } = editor.state.selection
  const [number, setNumber] = useState(
    editor.state.doc
      .textBetween(from, to)
      .replace(/[^\d\s+.()-]/g, '')
      .trim(),
  )
  const [isWrong, setWrong] = useState(false)
  const confirm = () => {
    const trimmed = number.trim()
    if (!/^\+?[\d\s.()-]{3,20}$/.test(trimmed)) return setWrong(true)
    editor
      .chain()
      .focus()
      .insertContent({ type: 'phone', attrs: { number: trimmed } })
      .run()
    onClose()
  }
  return (
    <ConfirmDialog open title={t('title')} confirmLabel={t('confirm')} onConfirm={confirm} onClose={onClose}>
      <FormField label={t('number')} hint={t('hint')} error={isWrong ? t('wrong') : undefined}>
        {(field) => (
          <TextInput
            {...field}
            value={number}
            inputMode="tel"
            placeholder="1022"
            onChange={(event) => {
              setNumber(event.target.value)
              setWrong(false)
            }}
          />
        )}
      </FormField>
    </ConfirmDialog>
  )
}
