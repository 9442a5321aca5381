'use client'

import { CloudUpload, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { AnswerDraft } from '#components/reports/report/answer-draft.ts'
import type { ComposerKind } from '#components/reports/report/desk.ts'
import { draftKey, takeDraft, writeDraft } from '#components/reports/report/drafts.ts'
import { useReportCache } from '#components/reports/report/use-report.ts'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { useOnline } from '#components/ui/use-online.ts'
import { backInBox } from './back-in-box.ts'
import styles from './OutboxCards.module.css'
import {
  dropWaiting,
  isAccept,
  isAnswer,
  isNote,
  isPhoto,
  useOutbox,
  type Waiting,
  type WaitingAnswer,
  type WaitingNote,
  type WaitingPhoto,
} from './outbox.ts'
import { PhotoOnMachine } from './WaitingPhotos.tsx'

/** Photos that wait stand among those of their report. */
type Deed = Exclude<Waiting, WaitingPhoto>

type OnReport = {
  accountId: string
  reportId: number
  mayWrite: (kind: ComposerKind) => boolean
  onWrite: (kind: ComposerKind) => void
}

/**
 * On a report: what was done to it and waits for a line, to be taken back until it has gone out; or what was refused, and why. Words go back
 * into their box, where one may still write. A note that waits stands in the story.
 */
export function OutboxOn({ accountId, reportId, mayWrite, onWrite }: OnReport) {
  const t = useTranslations('outbox')
  const { refreshShown } = useReportCache()
  const isOnline = useOnline()
  const own = useDeeds(accountId).filter((deed) => deed.reportId === reportId)
  const isShown = (deed: Deed) => deed.refusal || (!isNote(deed) && (deed.isLate || !isOnline))
  const isReturnable = ({ kind, refusal }: Deed) => (refusal ? kind !== 'accept' && mayWrite(kind) : true)
  const takeBack = (deed: Deed) => {
    const builtOn = own.filter(isAnswer).filter(({ acceptId, refusal }) => acceptId === deed.id && !refusal)
    for (const each of [deed, ...builtOn]) {
      putIntoBox(each)
      dropWaiting(each)
    }
    void refreshShown(deed.code)
    if (deed.kind !== 'accept') onWrite(deed.kind)
  }
  return own.filter(isShown).map((deed) => (
    <DeedCard
      key={deed.id}
      deed={deed}
      title={deed.refusal || isNote(deed) ? t(`deeds.${deed.kind}.refusedHere`) : t(`deeds.${deed.kind}.waits`)}
    >
      {isReturnable(deed) && (
        <Button size="small" onClick={() => takeBack(deed)}>
          {t(`deeds.${deed.kind}.takeBack`)}
        </Button>
      )}
    </DeedCard>
  ))
}

/** Wherever it was done: the report may have gone out of sight. */
export function RefusedAnywhere({ accountId }: { accountId: string }) {
  const t = useTranslations('outbox')
  const isRefused = ({ refusal }: Waiting) => refusal !== null
  const photos = useOutbox(accountId).filter(isPhoto).filter(isRefused)
  const linkTo = ({ code }: Waiting) => (
    <Link className={styles.open} href={`/reports/${code}`}>
      {t('open')}
    </Link>
  )
  return (
    <>
      {photos.map((photo) => (
        <Card key={photo.id} waiting={photo} title={t('photo.refusedOn', { code: photo.code })}>
          <PhotoOnMachine photo={photo} />
          <div className={styles.actions}>
            {linkTo(photo)}
            <Button size="small" variant="quiet" onClick={() => dropWaiting(photo)}>
              {t('photo.takeBack')}
            </Button>
          </div>
        </Card>
      ))}
      {useDeeds(accountId)
        .filter(isRefused)
        .map((deed) => (
          <DeedCard key={deed.id} deed={deed} title={t(`deeds.${deed.kind}.refusedOn`, { code: deed.code })}>
            {linkTo(deed)}
          </DeedCard>
        ))}
    </>
  )
}

function useDeeds(accountId: string): Deed[] {
  return useOutbox(accountId).filter((waiting) => !isPhoto(waiting))
}

function DeedCard({ deed, title, children }: { deed: Deed; title: string; children: ReactNode }) {
  const t = useTranslations('outbox')
  const words = wordsOf(deed)
  return (
    <Card waiting={deed} title={title}>
      {words && (
        <p className={styles.words} lang="vi">
          {words}
        </p>
      )}
      <div className={styles.actions}>
        {children}
        {deed.refusal && !isAccept(deed) && <CopyButton text={words} what={t(`copied.${deed.kind}`)} />}
        {deed.refusal && (
          <Button size="small" variant="quiet" onClick={() => dropWaiting(deed)}>
            {t(`deeds.${deed.kind}.discard`)}
          </Button>
        )}
      </div>
    </Card>
  )
}

function Card({ waiting, title, children }: { waiting: Waiting; title: string; children: ReactNode }) {
  const t = useTranslations('outbox.deeds')
  const textOf = useRefusalText()
  const { refusal } = waiting
  const Sign = refusal ? TriangleAlert : CloudUpload
  return (
    <section className={styles.card} aria-label={title}>
      <p className={styles.title}>
        <Sign size={15} aria-hidden="true" />
        {title}
      </p>
      {refusal && <p className={styles.reason}>{textOf(refusal)}</p>}
      {!refusal && isAccept(waiting) && <p className={styles.reason}>{t('accept.words')}</p>}
      {!refusal && isAnswer(waiting) && (
        <p className={styles.reason}>{t('answer.words', { after: waiting.acceptId ? 'accept' : 'photos' })}</p>
      )}
      {children}
    </section>
  )
}

function wordsOf(deed: Deed): string {
  switch (deed.kind) {
    case 'note':
      return deed.body.trim()
    case 'answer':
      return [deed.what, deed.where, deed.when, deed.next].filter(Boolean).join('\n')
    case 'accept':
      return ''
  }
}

/** Words that stand in the box already stay there, below these. */
function putIntoBox(deed: Deed): void {
  if (isNote(deed)) putNote(deed)
  else if (isAnswer(deed)) putAnswer(deed)
}

function putNote({ accountId, reportId, id, body, refusal }: WaitingNote): void {
  const key = draftKey(accountId, reportId, 'note')
  const there = takeDraft(key) as { id: string; body: string } | undefined
  const isTaken = refusal?.code === 'note_taken'
  const own = { id: isTaken ? crypto.randomUUID() : id, body }
  writeDraft(key, there?.body.trim() ? { id: there.id, body: `${body.trim()}\n\n${there.body}` } : own)
}

function putAnswer(answer: WaitingAnswer): void {
  const key = draftKey(answer.accountId, answer.reportId, 'answer')
  writeDraft(key, backInBox(answer, takeDraft(key) as AnswerDraft | undefined))
}
