'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialogPanel } from '#components/ui/ConfirmDialogPanel.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import type { AlertEnding } from '#server/bulletins/rules/alert.ts'
import { errorsIn, findingKey, openWarnings } from '#server/bulletins/rules/checklist.ts'
import type { RemovalWay } from '#server/bulletins/rules/cleaning.ts'
import type { BulletinMove } from '#server/bulletins/rules/lifecycle.ts'
import { untoldInEnglish } from '#server/bulletins/rules/notices.ts'
import { ConsequenceLine } from '../ConsequenceLine.tsx'
import { Checklist } from '../checklist/Checklist.tsx'
import { SinceApproval } from '../revisions/SinceApproval.tsx'
import type { DirectMove, MoveInput } from './calls.ts'
import styles from './MoveDialog.module.css'
import { CorrectFields, RemoveFields, type Values, Words } from './MoveFields.tsx'
import { Reach } from './Reach.tsx'
import { isTimeRefused, ScheduleFields, suggestedTime } from './ScheduleFields.tsx'
import type { MovableBulletin } from './use-bulletin-moves.tsx'

type Asked = Exclude<BulletinMove, DirectMove>

type Props = {
  bulletin: MovableBulletin
  move: Asked
  /** Why the alert ends, as chosen beforehand. */
  ending?: AlertEnding | null
  onSend: <M extends BulletinMove>(move: M, input: MoveInput<M>) => Promise<void>
  onClose: () => void
}

const goesOut: readonly BulletinMove[] = ['approve', 'schedule', 'publish', 'publish_unreviewed']
const dangerous: readonly BulletinMove[] = ['withdraw', 'unpublish', 'publish_unreviewed', 'discard_correction']

/** The dialog of a move. Nothing is published without this dialog having been confirmed. */
export function MoveDialog({ bulletin, move: first, ending = null, onSend, onClose }: Props) {
  const t = useTranslations('bulletins')
  const textOf = useRefusalText()
  const trpc = useTRPC()
  const [move, setMove] = useState<Asked>(first)
  const [now] = useState(() => new Date())
  const [values, setValues] = useState<Values>({
    words: '',
    wordsEn: '',
    kind: 'substantive',
    at: suggestedTime(now),
    redirectToId: null,
    alertEnding: ending,
    endsAlert: false,
  })
  const [ticked, setTicked] = useState<readonly string[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const { attempt, dialog } = useConfirmedAttempt()
  const isTimed = move === 'schedule' && !isTimeRefused(values.at, now)
  const { data: findings } = useQuery({
    ...trpc.bulletins.check.queryOptions({ id: bulletin.id, at: isTimed ? values.at : null }),
    enabled: goesOut.includes(first),
    staleTime: 0,
    placeholderData: (before) => before,
  })
  const removes = first === 'withdraw' || first === 'unpublish'
  const way: RemovalWay = move === 'withdraw' || move === 'unpublish' ? move : 'clean'
  const { data: consequence } = useQuery({
    ...trpc.bulletins.consequence.queryOptions({ id: bulletin.id, at: isTimed ? values.at : null }),
    enabled: goesOut.includes(first),
    staleTime: 0,
    placeholderData: (before) => before,
  })
  const { data: isAlerting } = useQuery({
    ...trpc.bulletins.isAlerting.queryOptions(bulletin.id),
    enabled: removes,
    staleTime: 0,
  })
  const set = (change: Partial<Values>) => {
    setValues((before) => ({ ...before, ...change }))
    setError(null)
  }

  const acknowledged = ticked ?? (findings ?? []).filter((finding) => finding.acknowledged).map(({ key }) => key)
  const reason = refusalReason()

  const confirm = async () => {
    setBusy(true)
    await attempt({
      run: async () => {
        await send()
        onClose()
      },
      onRefused: setError,
    })
    setBusy(false)
  }
  return (
    <ConfirmDialogPanel
      open
      title={t(`moves.${removes && way === 'clean' ? 'clean' : move}.title`)}
      confirmLabel={t(`moves.${move}.confirm`)}
      tone={dangerous.includes(move) ? 'danger' : 'primary'}
      busy={isBusy}
      reason={reason}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <div className={styles.fields}>
        <p className={styles.name} lang="vi">
          {bulletin.title || t('untitled')}
        </p>
        <p className={styles.sentence}>{t(`moves.${move}.sentence`)}</p>
        {error !== null && (
          <p className={styles.refusal} role="alert">
            <CircleAlert size={16} aria-hidden="true" />
            {textOf(error)}
          </p>
        )}
        {(first === 'publish' || first === 'schedule') && (
          <ScheduleFields
            move={move === 'schedule' ? 'schedule' : 'publish'}
            mayPublish={isOffered('publish')}
            maySchedule={isOffered('schedule')}
            at={values.at}
            onMove={setMove}
            onAt={(at) => set({ at })}
          />
        )}
        {removes && (
          <RemoveFields
            way={way}
            isAlerting={isAlerting === true}
            offered={{
              clean: isOffered('correct'),
              withdraw: isOffered('withdraw'),
              unpublish: isOffered('unpublish'),
            }}
            needsEnglish={bulletin.isOutInEnglish}
            values={values}
            onWay={(chosen) => {
              setMove(chosen === 'clean' ? 'correct' : chosen)
              set({ kind: chosen === 'clean' ? 'personal_data' : 'substantive' })
            }}
            onChange={set}
          />
        )}
        {first === 'correct' && <CorrectFields needsEnglish={bulletin.isOutInEnglish} values={values} onChange={set} />}
        {(move === 'submit' || move === 'request_changes' || move === 'look_back' || move === 'publish_unreviewed') && (
          <Words move={move} value={values.words} onChange={(words) => set({ words })} />
        )}
        {(first === 'publish' || first === 'schedule') && <SinceApproval bulletin={bulletin} />}
        {goesOut.includes(move) && <Reach id={bulletin.id} />}
        {goesOut.includes(move) && consequence && <ConsequenceLine consequence={consequence} />}
        {goesOut.includes(move) &&
          (findings ? (
            <Checklist findings={findings} acknowledged={acknowledged} onAcknowledge={setTicked} />
          ) : (
            <Skeleton height={60} />
          ))}
      </div>
      {dialog}
    </ConfirmDialogPanel>
  )

  function isOffered(wanted: BulletinMove): boolean {
    return bulletin.moves.some((each) => each.move === wanted && each.refusalReason === null)
  }

  function refusalReason(): string | undefined {
    if (goesOut.includes(move)) {
      if (!findings) return t('checklist.reading')
      if (errorsIn(findings).length > 0) return t('checklist.errorsFirst')
      if (openWarnings(findings, acknowledged).length > 0) return t('checklist.warningsFirst')
    }
    if (removes && isAlerting === undefined) return t('checklist.reading')
    if (move === 'unpublish' && isAlerting && !values.endsAlert) return t('moves.unpublish.endsAlertFirst')
    if (move === 'withdraw' && isAlerting && !values.alertEnding) return t('alertPanel.ending.first')
    if (move === 'schedule' && isTimeRefused(values.at, now)) return t('schedule.refused')
    const needsWords =
      ['request_changes', 'publish_unreviewed', 'withdraw', 'unpublish'].includes(move) ||
      (move === 'correct' && values.kind !== 'minor')
    if (needsWords && values.words.trim() === '') return t('moves.wordsFirst')
    const told = { note: values.words, noteEn: values.wordsEn, notice: values.words, noticeEn: values.wordsEn }
    const isTold = move !== 'correct' || values.kind === 'substantive'
    return isTold && untoldInEnglish(move, told, bulletin.isOutInEnglish) ? t('moves.englishFirst') : undefined
  }

  function send(): Promise<void> {
    const { words, wordsEn, kind, at, redirectToId, alertEnding } = values
    const keys = (findings ?? []).filter(({ level }) => level === 'warning').map(findingKey)
    const accepted = { acknowledged: acknowledged.filter((key) => keys.includes(key)) }
    switch (move) {
      case 'submit':
        return onSend(move, { note: words })
      case 'request_changes':
      case 'look_back':
        return onSend(move, { remarks: words })
      case 'approve':
      case 'publish':
        return onSend(move, accepted)
      case 'schedule':
        return onSend(move, { at: at as Date, ...accepted })
      case 'publish_unreviewed':
        return onSend(move, { reason: words, ...accepted })
      case 'correct':
        return onSend(move, {
          kind,
          ...(kind === 'substantive' ? { note: words, noteEn: wordsEn } : { note: '', noteEn: '' }),
          ...(kind === 'personal_data' && { reason: words }),
        })
      case 'discard_correction':
        return onSend(move, {})
      case 'withdraw':
        return onSend(move, { notice: words, noticeEn: wordsEn, alertEnding: isAlerting ? alertEnding : null })
      case 'unpublish':
        return onSend(move, { reason: words, redirectToId, endsAlert: values.endsAlert })
    }
  }
}
