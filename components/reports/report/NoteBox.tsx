'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { TimelineEntry } from '#server/reports/rules/timeline.ts'
import styles from './Composer.module.css'
import { DraftLine } from './DraftLine.tsx'
import { DraftRival, ShareDraft, SharedDrafts } from './DraftParts.tsx'
import { useReportDesk } from './desk.ts'
import { draftKey, useDraft } from './drafts.ts'
import { isReachable } from './reachable.ts'
import { useKeptDrafts } from './use-kept-drafts.ts'
import { useReportCache } from './use-report.ts'

type Note = { id: string; body: string }

type Props = { report: ReportView; myself: { id: string; name: string }; onDone: () => void }

/** A note for colleagues. Its id is made here, so that a note sent twice is one note. */
export function NoteBox({ report, myself, onDone }: Props) {
  const t = useTranslations('report.composer')
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const { write } = useReportDesk()
  const { patch, refresh, noteChange } = useReportCache()
  const draft = useDraft<Note>(draftKey(myself.id, report.id, 'note'), { id: '', body: '' })
  const drafts = useKeptDrafts(report, myself.id)
  const form = useRef<HTMLFormElement>(null)
  const { id, body } = draft.value

  /** The note stands in the story at once; it stays a draft until the server has it, and comes back into the box if it is refused. */
  const save = async () => {
    if (body.trim() === '') return
    const restore = patch(report, { timeline: [...report.timeline, foreseenNote(report, myself, body)] })
    const said = toast({ text: t('noteSaved'), tone: 'success' })
    onDone()
    try {
      await client.reports.addNote.mutate({ reportId: report.id, id, body })
      draft.drop()
      noteChange()
    } catch (error) {
      restore()
      said.close()
      toast({ text: textOf(error), tone: 'failure' })
      write('note')
    }
    await refresh(report.code).catch(() => undefined)
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
      <DraftRival draft={draft} accountId={myself.id} reportId={report.id} kind="note" />
      <SharedDrafts drafts={drafts} kind="note" draft={draft} isEmpty={body.trim() === ''} />
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
        <DraftLine draft={draft}>
          <ShareDraft report={report} kind="note" draft={draft} drafts={drafts} />
        </DraftLine>
        <Button type="submit" variant="primary" command="report.send" disabled={body.trim() === ''}>
          {t('saveNote')}
        </Button>
      </footer>
    </form>
  )
}

/** Between the last entry and whatever comes next, which will have a whole number. */
function foreseenNote({ timeline }: ReportView, { name }: { name: string }, body: string): TimelineEntry {
  return {
    id: (timeline.at(-1)?.id ?? 0) + 0.5,
    at: new Date(),
    event: 'note_added',
    who: { kind: 'staff', name, position: null, agency: null, onBehalfOf: null },
    isPublic: false,
    from: null,
    to: null,
    values: {},
    changes: [],
    words: { voice: 'note', text: body.trim() },
    answerId: null,
    fileId: null,
    moved: null,
  }
}
