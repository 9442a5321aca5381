'use client'

import { TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { draftKey, takeDraft, writeDraft } from '#components/reports/report/drafts.ts'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { dropWaiting, isNote, useOutbox, type WaitingNote } from './outbox.ts'
import styles from './RefusedNotes.module.css'

type OnReport = { accountId: string; reportId: number; onWrite: (() => void) | undefined }

/** On a report: what the server would not take of one's notes. The words go back into the box, where one may still write. */
export function RefusedNotesOn({ accountId, reportId, onWrite }: OnReport) {
  const t = useTranslations('outbox')
  const refused = useOutbox(accountId)
    .filter(isNote)
    .filter((note) => note.refusal && note.reportId === reportId)
  const writeOn = (note: WaitingNote) => {
    putIntoBox(note)
    dropWaiting(note)
    onWrite?.()
  }
  return refused.map((note) => (
    <RefusedNote key={note.id} note={note} title={t('refusedHere')}>
      {onWrite && (
        <Button size="small" onClick={() => writeOn(note)}>
          {t('writeOn')}
        </Button>
      )}
    </RefusedNote>
  ))
}

/** Wherever they were written: the report may have gone out of sight. */
export function RefusedNotes({ accountId }: { accountId: string }) {
  const t = useTranslations('outbox')
  const refused = useOutbox(accountId)
    .filter(isNote)
    .filter(({ refusal }) => refusal)
  return refused.map((note) => (
    <RefusedNote key={note.id} note={note} title={t('refusedOn', { code: note.code })}>
      <Link className={styles.open} href={`/reports/${note.code}`}>
        {t('open')}
      </Link>
    </RefusedNote>
  ))
}

type Props = { note: WaitingNote; title: string; children: ReactNode }

function RefusedNote({ note, title, children }: Props) {
  const t = useTranslations('outbox')
  const textOf = useRefusalText()
  return (
    <section className={styles.card} aria-label={title}>
      <p className={styles.title}>
        <TriangleAlert size={15} aria-hidden="true" />
        {title}
      </p>
      <p className={styles.reason}>{textOf(note.refusal)}</p>
      <p className={styles.words} lang="vi">
        {note.body.trim()}
      </p>
      <div className={styles.actions}>
        {children}
        <CopyButton text={note.body.trim()} what={t('words')} />
        <Button size="small" variant="quiet" onClick={() => dropWaiting(note)}>
          {t('discard')}
        </Button>
      </div>
    </section>
  )
}

/** Words that stand in the box already stay there, below these. */
function putIntoBox({ accountId, reportId, id, body, refusal }: WaitingNote): void {
  const key = draftKey(accountId, reportId, 'note')
  const there = takeDraft(key) as { id: string; body: string } | undefined
  const isTaken = refusal?.code === 'note_taken'
  const own = { id: isTaken ? crypto.randomUUID() : id, body }
  writeDraft(key, there?.body.trim() ? { id: there.id, body: `${body.trim()}\n\n${there.body}` } : own)
}
