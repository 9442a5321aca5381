'use client'

import { useMutation, useQueries } from '@tanstack/react-query'
import { CircleCheck, CircleDashed, CircleMinus, CircleX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { CheckField } from '#components/ui/CheckField.tsx'
import { ConfirmDialogPanel } from '#components/ui/ConfirmDialogPanel.tsx'
import type { Released } from '#server/bulletins/commands/release-set.ts'
import type { CheckedFinding } from '#server/bulletins/queries/check.ts'
import type { BulletinBrief } from '#server/bulletins/queries/list.ts'
import type { AlertConsequence } from '#server/bulletins/rules/alert-consequence.ts'
import { errorsIn } from '#server/bulletins/rules/checklist.ts'
import { ConsequenceLine } from '../ConsequenceLine.tsx'
import { ReachLine } from '../moves/Reach.tsx'
import { isTimeRefused, MomentInputs, suggestedTime } from '../moves/ScheduleFields.tsx'
import { SinceApproval } from '../revisions/SinceApproval.tsx'
import styles from './ReleaseBar.module.css'
import type { SetMove } from './ReleaseBar.tsx'

type Props = {
  move: SetMove
  bulletins: readonly BulletinBrief[]
  /** Those for which the move is possible. */
  ready: readonly BulletinBrief[]
  onDone: () => void
  onClose: () => void
}

/** One move for many bulletins. Each is processed separately and shows its own result. */
export function ReleaseDialog({ move, bulletins, ready, onDone, onClose }: Props) {
  const t = useTranslations('bulletins.release')
  const words = useTranslations('bulletins')
  const textOf = useRefusalText()
  const trpc = useTRPC()
  const [now] = useState(() => new Date())
  // Those that the move is possible for come first, and no result moves a row.
  const [order] = useState(() => [...new Set([...ready, ...bulletins].map(({ id }) => id))])
  const [at, setAt] = useState<Date | null>(() => suggestedTime(now))
  const [isAccepted, setAccepted] = useState(false)
  const [results, setResults] = useState<readonly Released[] | null>(null)
  const release = useMutation(trpc.bulletins.releaseSet.mutationOptions({ onSuccess: setResults }))
  const { attempt, dialog } = useConfirmedAttempt()
  const goesOutAt = move === 'schedule' && !isTimeRefused(at, now) ? at : null
  const checks = useQueries({
    queries: ready.map(({ id }) => ({ ...trpc.bulletins.check.queryOptions({ id, at: goesOutAt }), ...asked })),
  })
  const outcomes = useQueries({
    queries: ready.map(({ id }) => ({ ...trpc.bulletins.consequence.queryOptions({ id, at: goesOutAt }), ...asked })),
  })
  const findings = readOf(ready, checks)
  const consequences = readOf(ready, outcomes)
  const warned = [...findings.values()].filter((found) => openOf(found).length > 0).length
  const isRead = findings.size === ready.length && consequences.size === ready.length

  const refusalReason = (): string | undefined => {
    if (!isRead) return words('checklist.reading')
    if (move === 'schedule' && isTimeRefused(at, now)) return words('schedule.refused')
    return warned > 0 && !isAccepted ? t('acceptFirst') : undefined
  }
  const confirm = () => {
    if (results) return close()
    const set = {
      move,
      at: move === 'schedule' ? at : null,
      bulletins: ready.map(({ id, version }) => ({ id, version })),
      acknowledged: Object.fromEntries([...findings].map(([id, found]) => [id, openOf(found).map(({ key }) => key)])),
    }
    // The mutation itself reports refusals.
    void attempt({ run: async () => void (await release.mutateAsync(set)), onRefused: () => undefined })
  }
  const close = () => {
    if (results) onDone()
    onClose()
  }
  const shown = order.flatMap((id) => bulletins.find((bulletin) => bulletin.id === id) ?? [])
  const done = results?.filter(({ outcome }) => outcome === 'done').length ?? 0

  return (
    <ConfirmDialogPanel
      open
      title={results ? t('resultTitle', { done, count: results.length }) : t(`titles.${move}`, { count: ready.length })}
      confirmLabel={results ? t('close') : t(`confirm.${move}`, { count: ready.length })}
      busy={release.isPending}
      reason={results ? undefined : refusalReason()}
      onConfirm={confirm}
      onClose={close}
    >
      <div className={styles.fields}>
        {!results && <p className={styles.sentence}>{t(`sentences.${move}`)}</p>}
        {release.error && <p role="alert">{textOf(release.error)}</p>}
        {move === 'schedule' && !results && <MomentInputs at={at} now={now} onAt={setAt} />}
        <ul className={styles.list}>
          {shown.map((bulletin) => (
            <Item
              key={bulletin.id}
              bulletin={bulletin}
              isReady={ready.includes(bulletin)}
              found={findings.get(bulletin.id) ?? []}
              consequence={consequences.get(bulletin.id)}
              result={results?.find(({ id }) => id === bulletin.id)}
            />
          ))}
        </ul>
        {!results && warned > 0 && (
          <CheckField label={t('accept', { count: warned })} checked={isAccepted} onChange={setAccepted} />
        )}
      </div>
      {dialog}
    </ConfirmDialogPanel>
  )
}

/** Always queried again; while the moment is being changed the last result stays visible. */
const asked = { staleTime: 0, placeholderData: <T,>(before: T | undefined) => before }

/** The results that have arrived, by bulletin. */
function readOf<T>(ready: readonly BulletinBrief[], answers: readonly { data: T | undefined }[]): Map<string, T> {
  return new Map(
    ready.flatMap(({ id }, place) => {
      const answer = answers[place]?.data
      return answer === undefined ? [] : [[id, answer] as const]
    }),
  )
}

const openOf = (found: readonly CheckedFinding[]) =>
  found.filter(({ level, acknowledged }) => level === 'warning' && !acknowledged)

type ItemProps = {
  bulletin: BulletinBrief
  isReady: boolean
  found: readonly CheckedFinding[]
  consequence: AlertConsequence | undefined
  result: Released | undefined
}

function Item({ bulletin, isReady, found, consequence, result }: ItemProps) {
  const t = useTranslations('bulletins.release')
  const words = useTranslations('bulletins')
  const textOf = useRefusalText()
  const outcome = result?.outcome ?? (isReady ? 'ready' : 'left')
  const icons = { done: CircleCheck, refused: CircleX, ready: CircleDashed, left: CircleMinus }
  const Icon = icons[outcome]
  const note = () => {
    if (result?.outcome === 'refused') return textOf({ code: result.code, details: result.details })
    if (result) return words(`states.${result.state}`)
    if (!isReady) return t('left', { state: words(`states.${bulletin.state}`) })
    const [errors, warnings] = [errorsIn(found).length, openOf(found).length]
    return errors + warnings > 0 ? t('findings', { errors, warnings }) : null
  }
  return (
    <li className={styles.item} data-outcome={outcome}>
      <Icon size={16} aria-hidden="true" />
      <a href={`/bulletins/${bulletin.id}`} target="_blank" rel="noreferrer" lang="vi">
        {bulletin.title || words('untitled')}
      </a>
      {note() && <small>{note()}</small>}
      {isReady && !result && <ReachLine id={bulletin.id} />}
      {isReady && !result && consequence && <ConsequenceLine consequence={consequence} />}
      {isReady && !result && bulletin.mended && <SinceApproval bulletin={bulletin} />}
    </li>
  )
}
