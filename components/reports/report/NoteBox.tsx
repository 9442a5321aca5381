'use client'

import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import styles from './Composer.module.css'
import { DraftLine } from './DraftLine.tsx'
import { draftKey, useDraft } from './drafts.ts'
import { isReachable } from './reachable.ts'
import { useReportCache } from './use-report.ts'

type Note = { id: string; body: string }

type Props = { report: ReportView; myself: { id: string }; onDone: () => void }

/** A note for colleagues. Its id is made here, so that a note sent twice is one note. */
export function NoteBox({ report, myself, onDone }: Props) {
  const t = useTranslations('report.composer')
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const { refresh, noteChange } = useReportCache()
  const draft = useDraft<Note>(draftKey(myself.id, report.id, 'note'), { id: '', body: '' })
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const { id, body } = draft.value

  const save = async () => {
    if (busy || body.trim() === '') return
    setBusy(true)
    try {
      await client.reports.addNote.mutate({ reportId: report.id, id, body })
      draft.drop()
      toast({ text: t('noteSaved'), tone: 'success' })
      onDone()
      noteChange()
      await refresh(report.code)
    } catch (error) {
      toast({ text: textOf(error), tone: 'failure' })
    } finally {
      setBusy(false)
    }
  }
  useCommands('report', { 'report.send': () => (isReachable(form.current) ? void save() : false) })

  return (
    <form
      ref={form}
      className={styles.body}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TextArea
        aria-label={t('noteLabel')}
        placeholder={t('notePlaceholder')}
        className={styles.paper ?? ''}
        maxLength={8000}
        autoFocus
        value={body}
        onChange={(event) => draft.set({ id: id || crypto.randomUUID(), body: event.target.value })}
      />
      <footer className={styles.foot}>
        <DraftLine draft={draft} />
        <Button type="submit" variant="primary" command="report.send" busy={busy} disabled={body.trim() === ''}>
          {t('saveNote')}
        </Button>
      </footer>
    </form>
  )
}
