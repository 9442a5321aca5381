'use client'

import { useTranslations } from 'next-intl'
import { FormField } from '#components/ui/FormField.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import { wordsIn } from '#server/bulletins/rules/document-text.ts'
import type { BulletinText as Text } from '#server/bulletins/rules/schemas.ts'
import { DocumentView } from '../document/DocumentView.tsx'
import type { DocumentEditorProps } from '../editor/DocumentEditor.tsx'
import styles from './TextFields.module.css'
import { useImageUpload } from './use-image-upload.ts'

/** Heavy and used nowhere else: its code loads with the page of an editable bulletin. */
const { Panel: DocumentEditor } = lazyPanel<DocumentEditorProps>(
  () => import('../editor/DocumentEditor.tsx').then((editor) => editor.DocumentEditor),
  { takesFocus: () => false, loading: () => <Skeleton height={380} /> },
)

type Props = {
  lang: 'vi' | 'en'
  text: Text
  generation: number
  isEditable: boolean
  onChange: (change: Partial<Text>) => void
  onLeave: () => void
}

/** One language of a bulletin: title, summary, text. */
export function TextFields({ lang, text, generation, isEditable, onChange, onLeave }: Props) {
  const t = useTranslations('bulletins')
  const upload = useImageUpload()
  if (!isEditable) {
    return (
      <article className={styles.reading} lang={lang}>
        <h2 className={styles.title}>{text.title || t('untitled')}</h2>
        {text.summary && <p className={styles.summary}>{text.summary}</p>}
        <DocumentView document={text.body} lang={lang} />
      </article>
    )
  }
  return (
    <div className={styles.fields}>
      <FormField
        label={t('fields.title')}
        required
        aside={t('fields.letters', { count: text.title.length, most: 120 })}
      >
        {(field) => (
          <TextArea
            {...field}
            className={styles.titleInput ?? ''}
            lang={lang}
            rows={1}
            maxLength={200}
            value={text.title}
            onChange={({ target }) => onChange({ title: target.value.replace(/\n/g, ' ') })}
          />
        )}
      </FormField>
      <FormField label={t('fields.summary')} required hint={t('fields.summaryHint')}>
        {(field) => (
          <TextArea
            {...field}
            lang={lang}
            rows={2}
            maxLength={500}
            value={text.summary}
            onChange={({ target }) => onChange({ summary: target.value.replace(/\n/g, ' ') })}
          />
        )}
      </FormField>
      <div className={styles.body}>
        <DocumentEditor
          key={lang}
          label={t('editor.label', { language: t(`languages.${lang}`) })}
          lang={lang}
          value={text.body}
          generation={generation}
          isEditable
          onChange={(body) => onChange({ body })}
          onImage={upload}
          onLeave={onLeave}
        />
        <p className={styles.count}>{t('list.words', { count: wordsIn(text.body) })}</p>
      </div>
    </div>
  )
}
