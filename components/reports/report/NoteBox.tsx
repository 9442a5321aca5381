'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { keepWaiting } from '#components/reports/outbox/outbox.ts'
import { toastOf } from '#components/reports/outbox/toast-of.ts'
import { Button } from '#components/ui/Button.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useBottomBarHeight } from '#components/ui/use-bottom-bar-height.ts'
import { useOnline } from '#components/ui/use-online.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import styles from './Composer.module.css'
import { DraftLine } from './DraftLine.tsx'
import { DraftRival, ShareDraft, SharedDrafts } from './DraftParts.tsx'
import { useReportDesk } from './desk.ts'
import { draftKey, useDraft } from './drafts.ts'
import { NoteArea } from './NoteArea.tsx'
import { isReachable } from './reachable.ts'
import { useKeptDrafts } from './use-kept-drafts.ts'

/** `mentions`: the colleagues chosen while it was written. A draft of earlier has none. */
type Note = { id: string; body: string; mentions?: string[] }

type Props = { report: ReportView; myself: { id: string; name: string }; onClose: () => void }

/** A note for colleagues. Its id is generated here, so that a note sent twice is one note. */
export function NoteBox({ report, myself, onClose }: Props) {
  const t = useTranslations('report.composer')
  const unsent = useTranslations('outbox')
  const toast = useToast()
  const isOnline = useOnline()
  const draft = useDraft<Note>(draftKey(myself.id, report.id, 'note'), { id: '', body: '' })
  const drafts = useKeptDrafts(report, myself.id)
  const { goOn } = useReportDesk()
  const form = useRef<HTMLFormElement>(null)
  const foot = useBottomBarHeight()
  const { id, body, mentions = [] } = draft.value

  /** From here on the outbox has it: it is in the timeline at once, and the box is free for the next. */
  const save = (isOnward = false) => {
    if (body.trim() === '') return
    const note = {
      kind: 'note' as const,
      id: id || crypto.randomUUID(),
      accountId: myself.id,
      reportId: report.id,
      code: report.code,
      body,
      mentions,
    }
    // Before storing: if the storage is full, this frees space.
    draft.drop()
    keepWaiting({ ...note, writtenAt: Date.now(), isLate: !isOnline, refusal: null })
    toast(
      isOnline
        ? { text: t('noteSaved'), tone: 'success', key: toastOf(note) }
        : { text: unsent('late', { kind: 'note', code: report.code }), key: toastOf(note) },
    )
    onClose()
    // A note is secondary to the work: it moves on to the next report only where that is requested.
    if (isOnward) goOn({ state: report.state, isOnward })
  }
  useCommands('report', {
    'report.send': () => (isReachable(form.current) ? save() : false),
    'report.sendAndNext': () => (isReachable(form.current) ? save(true) : false),
  })

  return (
    <form
      ref={form}
      className={styles.body}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <DraftRival draft={draft} accountId={myself.id} reportId={report.id} kind="note" />
      <SharedDrafts drafts={drafts} kind="note" draft={draft} isEmpty={body.trim() === ''} />
      <NoteArea
        report={report}
        aria-label={t('noteLabel')}
        placeholder={t('notePlaceholder')}
        className={styles.paper ?? ''}
        value={body}
        onText={(next, mentioned) =>
          draft.set({
            id: id || crypto.randomUUID(),
            body: next,
            mentions: mentioned ? [...mentions.filter((each) => each !== mentioned), mentioned] : mentions,
          })
        }
      />
      <footer ref={foot} className={styles.foot}>
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
