'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { TemplateText } from '#components/templates/TemplateText.tsx'
import { matchOptions, type PickerOption } from '#components/ui/match-options.ts'
import { Popover, useAutocomplete } from '#components/ui/Popover.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import type { RejectReason } from '#server/reports/rules/lifecycle.ts'
import type { StatedOutcome } from '#server/reports/rules/outcome.ts'
import styles from './TemplatePicker.module.css'

/** A template as it would read in the answer, found by its name or its text. */
export type ReadyText = PickerOption & {
  text: string
  isOfCategory: boolean
  /** The rejection reason whose standard text this is. */
  reason: RejectReason | null
  /** The outcome that an answer with this text usually states. */
  outcome: StatedOutcome | null
}

export type TemplatePickerProps = {
  anchor: HTMLElement | null
  /** Undefined while they are being fetched. */
  texts: readonly ReadyText[] | undefined
  onChoose: (chosen: ReadyText) => void
  onClose: () => void
}

export function TemplatePicker({ anchor, ...search }: TemplatePickerProps) {
  const t = useTranslations('report.composer')
  return (
    <Popover
      open
      anchorEl={anchor}
      onClose={search.onClose}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
      transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      slotProps={{
        paper: { className: styles.paper, role: 'dialog', 'aria-label': t('template') },
        // Not before: what is still hidden takes no focus.
        transition: { onEntering: (paper) => paper.querySelector('input')?.focus() },
      }}
    >
      <Search {...search} />
    </Popover>
  )
}

/** Typing starts at once: it narrows the list, with or without accents, and Enter takes the highlighted line. */
function Search({ texts, onChoose, onClose }: Omit<TemplatePickerProps, 'anchor'>) {
  const t = useTranslations('report.composer')
  const [typed, setTyped] = useState('')
  const { getRootProps, getInputProps, getListboxProps, getOptionProps, groupedOptions } = useAutocomplete({
    open: true,
    options: texts ?? [],
    value: null,
    inputValue: typed,
    onInputChange: (_, text, reason) => reason === 'input' && setTyped(text),
    getOptionLabel: ({ label }) => label,
    getOptionKey: ({ id }) => id,
    filterOptions: (options, { inputValue }) => matchOptions(options, inputValue),
    autoHighlight: true,
    handleHomeEndKeys: false,
    onChange: (_, chosen) => {
      if (!chosen) return
      onChoose(chosen)
      onClose()
    },
    onClose: (_, reason) => reason === 'escape' && onClose(),
  })
  const missing = texts?.length === 0 ? t('templateNone') : groupedOptions.length === 0 ? t('templateNotFound') : null
  return (
    <>
      <div {...getRootProps()} className={styles.search}>
        <TextInput {...getInputProps()} aria-label={t('templateSearch')} placeholder={t('templateSearch')} />
      </div>
      {texts === undefined && <Skeleton height={48} />}
      {texts && missing && <p className={styles.none}>{missing}</p>}
      <ul {...getListboxProps()} className={styles.list} aria-label={t('template')}>
        {groupedOptions.map((option, index) => {
          const { key, ...given } = getOptionProps({ option, index })
          return (
            <li key={key} {...given} className={styles.option}>
              <span className={styles.name}>
                {option.label}
                {option.isOfCategory && <span className={styles.own}>{t('templateOwn')}</span>}
              </span>
              <span className={styles.text} lang="vi">
                <TemplateText body={option.text} />
              </span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
