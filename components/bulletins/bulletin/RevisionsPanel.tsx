'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { RadioButton } from '#components/ui/Ticks.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { BulletinView, Revision } from '#server/bulletins/queries/bulletin.ts'
import styles from './Panels.module.css'

export type Compared = { fromId: string | null; toId: string }

type Props = {
  view: BulletinView
  compared: Compared | null
  mayRestore: boolean
  onCompare: (compared: Compared) => void
}

/** Every saved text, the newest first: what each changed, comparison of any two, and restoring one. */
export function RevisionsPanel({ view, compared, mayRestore, onCompare }: Props) {
  const t = useTranslations('bulletins.revisions')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const [asked, setAsked] = useState<Revision | null>(null)
  const { data: revisions } = useQuery(trpc.bulletins.revisions.queryOptions(view.id))
  const restore = useMutation(
    trpc.bulletins.restore.mutationOptions({
      onSuccess: () => {
        toast({ text: t('restored', { number: asked?.number ?? 0 }), tone: 'success' })
        setAsked(null)
        return queries.invalidateQueries(trpc.bulletins.pathFilter())
      },
      onError: (error) => toast({ text: textOf(error), tone: 'failure' }),
    }),
  )
  return (
    <div className={styles.form}>
      <p className={styles.hint}>{t('hint')}</p>
      <ol className={styles.list} aria-label={t('label')}>
        {revisions?.map((revision) => (
          <li key={revision.id} className={styles.revision} data-chosen={compared?.toId === revision.id || undefined}>
            <RadioButton
              name="from"
              aria-label={t('from', { number: revision.number })}
              checked={compared?.fromId === revision.id}
              disabled={!compared || compared.toId === revision.id}
              onChange={() => compared && onCompare({ ...compared, fromId: revision.id })}
            />
            <span>
              <b>{t('number', { number: revision.number })}</b>{' '}
              {revision.id === view.publishedRevisionId && <em>{t('published')}</em>}
              {revision.isTakenDown && <em>{t('takenDown')}</em>}
              <br />
              <small>
                {revision.editor.name} · <TimeText at={revision.savedAt} /> · {t('words', { count: revision.words })}
                {revision.auto && ` · ${t('auto')}`}
              </small>
            </span>
            <span className={styles.actions}>
              <Button
                size="small"
                aria-pressed={compared?.toId === revision.id}
                onClick={() => onCompare({ fromId: null, toId: revision.id })}
              >
                {t('show')}
              </Button>
              {mayRestore && !revision.isTakenDown && revision.id !== view.revision.id && (
                <Button size="small" variant="quiet" onClick={() => setAsked(revision)}>
                  {t('restore')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ol>
      <ConfirmDialog
        open={asked !== null}
        title={t('restoreTitle', { number: asked?.number ?? 0 })}
        confirmLabel={t('restore')}
        busy={restore.isPending}
        onConfirm={() => asked && restore.mutate({ id: view.id, version: view.version, revisionId: asked.id })}
        onClose={() => setAsked(null)}
      >
        {t('restoreSentence')}
      </ConfirmDialog>
    </div>
  )
}
