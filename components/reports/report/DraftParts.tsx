'use client'

import { Files, Share2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { DraftsOnReport } from '#server/reports/queries/drafts.ts'
import type { DraftKind } from '#server/reports/rules/draft-kinds.ts'
import styles from './DraftParts.module.css'
import { draftKey, type HeldDraft, settleDraft } from './drafts.ts'
import { useReportCache } from './use-report.ts'

type Words = Record<string, unknown>

/** The text of a draft in one line, whatever its kind. */
function wordsOf(value: unknown): string {
  const { what, body, where } = value as Words
  return [what, body, where].find((text): text is string => typeof text === 'string' && text.trim() !== '') ?? ''
}

type RivalProps<T> = { draft: HeldDraft<T>; accountId: string; reportId: number; kind: DraftKind }

/** The same draft was edited in another tab or on another machine: both are kept, and the author chooses. */
export function DraftRival<T>({ draft, accountId, reportId, kind }: RivalProps<T>) {
  const t = useTranslations('report.composer.rival')
  const { rival } = draft
  if (!rival) return null
  const key = draftKey(accountId, reportId, kind)
  const take = () => settleDraft(key, { ...rival, base: rival.savedAt, isAhead: false, rival: null })
  const keep = () => {
    settleDraft(key, { base: rival.savedAt, rival: null })
    draft.set(draft.value)
  }
  return (
    <DraftCard
      isAlert
      title={t('title')}
      words={wordsOf(rival.value)}
      at={new Date(rival.savedAt)}
      actions={
        <>
          <Button size="small" onClick={take}>
            {t('take')}
          </Button>
          <Button size="small" onClick={keep}>
            {t('keep')}
          </Button>
        </>
      }
    />
  )
}

type SharedProps<T> = { drafts: DraftsOnReport | undefined; kind: DraftKind; draft: HeldDraft<T>; isEmpty: boolean }

/** Drafts that colleagues shared on the report to be read and continued. The sender is responsible for the answer. */
export function SharedDrafts<T>({ drafts, kind, draft, isEmpty }: SharedProps<T>) {
  const t = useTranslations('report.composer.shared')
  const [asked, setAsked] = useState<Words | null>(null)
  const shared = drafts?.shared.filter((each) => each.kind === kind) ?? []
  const load = (value: Words) => {
    draft.set({ ...draft.value, ...value })
    setAsked(null)
  }
  return (
    <>
      {shared.map(({ author, value, savedAt }) => (
        <DraftCard
          key={author.id}
          title={t('title', { name: author.name })}
          words={wordsOf(value)}
          at={savedAt}
          actions={
            <Button size="small" onClick={() => (isEmpty ? load(value) : setAsked(value))}>
              {t('use')}
            </Button>
          }
        />
      ))}
      <ConfirmDialog
        open={asked !== null}
        title={t('askTitle')}
        confirmLabel={t('replace')}
        onConfirm={() => asked && load(asked)}
        onClose={() => setAsked(null)}
      >
        {t('askWords')}
      </ConfirmDialog>
    </>
  )
}

type CardProps = { title: string; words: string; at: Date; actions: ReactNode; isAlert?: boolean }

function DraftCard({ title, words, at, actions, isAlert = false }: CardProps) {
  return (
    <section className={styles.card} role={isAlert ? 'alert' : undefined} aria-label={title}>
      <p className={styles.title}>
        <Files size={15} aria-hidden="true" />
        {title}
        <span className={styles.at}>
          <TimeText at={at} as="compact" />
        </span>
      </p>
      <p className={styles.words}>{words}</p>
      <div className={styles.actions}>{actions}</div>
    </section>
  )
}

type ShareProps = {
  report: { id: number; code: string }
  kind: DraftKind
  draft: Pick<HeldDraft<unknown>, 'isOnServer' | 'savedAt'>
  drafts: DraftsOnReport | undefined
}

/** Shares the draft with the agency on the report, or stops sharing it. */
export function ShareDraft({ report, kind, draft, drafts }: ShareProps) {
  const t = useTranslations('report.composer.shared')
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const { refresh, noteDrafts } = useReportCache()
  const [busy, setBusy] = useState(false)
  const isShared = Boolean(drafts?.mine.find((each) => each.kind === kind)?.sharedAt)
  if (!draft.savedAt || !draft.isOnServer) return null
  const turn = async () => {
    setBusy(true)
    try {
      await client.drafts.share.mutate({ reportId: report.id, kind, isShared: !isShared })
      toast({ text: t(isShared ? 'takenBack' : 'done'), tone: 'success' })
      await Promise.all([noteDrafts(), refresh(report.code)])
    } catch (error) {
      toast({ text: textOf(error), tone: 'failure' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <IconButton
      label={t(isShared ? 'stop' : 'share')}
      size="small"
      aria-pressed={isShared}
      disabled={busy}
      onClick={() => void turn()}
    >
      <Share2 />
    </IconButton>
  )
}
