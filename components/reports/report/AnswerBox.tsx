'use client'

import { Eye, PencilLine } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { ConflictNotice } from '#components/reports/moves/ConflictNotice.tsx'
import { OutcomeFields } from '#components/reports/moves/OutcomeFields.tsx'
import { TemplateMenu } from '#components/reports/moves/TemplateMenu.tsx'
import { useWaitingPhotos } from '#components/reports/outbox/WaitingPhotos.tsx'
import { Button } from '#components/ui/Button.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { useBottomBarHeight } from '#components/ui/use-bottom-bar-height.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { findingsIn } from '#server/reports/rules/answer-findings.ts'
import { answeredSince } from '#server/reports/rules/answered-since.ts'
import { draftOfOutcome, noOutcome, statedIn, withUsual } from '#server/reports/rules/outcome.ts'
import { hasGaps } from '#server/reports/rules/templates.ts'
import { AnswerArea } from './AnswerArea.tsx'
import { answerInCard } from './AnswerCard.tsx'
import { AnsweredMeanwhile } from './AnsweredMeanwhile.tsx'
import { AnswerPreview } from './AnswerPreview.tsx'
import { type AnswerDraft, emptyAnswer, isAtOnce, proofPhotosOf, type WayToAnswer } from './answer-draft.ts'
import styles from './Composer.module.css'
import { DraftLine } from './DraftLine.tsx'
import { DraftRival, ShareDraft, SharedDrafts } from './DraftParts.tsx'
import { mayDo, useReportDesk } from './desk.ts'
import { draftKey, useDraft } from './drafts.ts'
import { Findings } from './Findings.tsx'
import { ProofPhotos } from './ProofPhotos.tsx'
import { isReachable } from './reachable.ts'
import { SendLater } from './SendLater.tsx'
import { TakeOver } from './TakeOver.tsx'
import { useKeptDrafts } from './use-kept-drafts.ts'
import { useSendAnswer } from './use-send-answer.ts'

type Props = {
  report: ReportView
  myself: { id: string; name: string }
  way: WayToAnswer
  /** Why it cannot be sent now; the text stays. */
  reason: string | undefined
  onClose: () => void
}

/** The answer in the order of its reader's questions: what was done, where, when, what comes next, with proof. */
export function AnswerBox({ report, myself, way, reason, onClose }: Props) {
  const t = useTranslations('report.composer')
  const answer = useTranslations('report.answer')
  const errors = useTranslations('report.dialogs.errors')
  const key = draftKey(myself.id, report.id, 'answer')
  const draft = useDraft<AnswerDraft>(key, startOf(report))
  const { write, goOn } = useReportDesk()
  const drafts = useKeptDrafts(report, myself.id)
  const [opened, setOpened] = useState(report)
  const [asked, setAsked] = useState(false)
  const [preview, setPreview] = useState(false)
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const when = useRef<HTMLInputElement>(null)
  const what = useRef<HTMLTextAreaElement>(null)
  const isOnward = useRef(false)
  const isHere = useRef(false)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  const foot = useBottomBarHeight()
  // A draft of before outcomes were asked for has none.
  const value = { ...emptyAnswer, ...draft.value }
  const stated = statedIn(value)
  const remarks = answerInCard(report)?.remarks
  const photos = proofPhotosOf(report)
  const chosen = photos.filter(({ fileId }) => !value.without.includes(fileId)).map(({ fileId }) => fileId)
  const waiting = useWaitingPhotos({ accountId: myself.id, reportId: report.id, kinds: ['proof'] })
  const { send, busy, conflict } = useSendAnswer({
    report,
    myself,
    way,
    draftKey: key,
    onDone: (state) => {
      onClose()
      // Users who have navigated elsewhere meanwhile stay there.
      if (isHere.current) goOn({ state, isOnward: isOnward.current })
    },
    onBack: () => write('answer'),
  })

  const set = (change: Partial<AnswerDraft>) => draft.set({ ...value, ...change })
  const findings = findingsIn({ ...value, photos: chosen.length + waiting.length }, report.category)
  const isEmpty = [value.what, value.where, value.when, value.next].every((text) => text.trim() === '')
  const gaps = hasGaps([value.what, value.where, value.when, value.next].join(' '))
  const missing = (text: string) => (tried && text.trim() === '' ? errors('required') : undefined)

  // A colleague may have answered while this was being written: checked once, when sending.
  const meanwhile = answeredSince(report.answers, opened.answers, myself.id)
  const isAsking = meanwhile !== null && (asked || conflict || reason !== undefined)
  const takeAddress = () => {
    set({ where: report.address })
    when.current?.focus()
  }
  /** Whether everything is there; otherwise it shows what is missing. */
  const isReady = (): boolean => {
    if (reason !== undefined || busy || gaps) {
      setTried(true)
      return false
    }
    if (!stated || [value.what, value.where, value.when].some((text) => text.trim() === '')) {
      flushSync(() => {
        setTried(true)
        setPreview(false)
      })
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-missing] input')?.focus()
      return false
    }
    return true
  }
  const submit = (onward = false) => {
    isOnward.current = onward
    if (!isReady() || !stated) return
    if (meanwhile && !isAsking) return setAsked(true)
    setAsked(false)
    if (isAsking || conflict) setOpened(report)
    void send(value, stated, chosen, waiting)
  }
  useCommands('report', {
    'report.send': () => (isReachable(form.current) ? submit() : false),
    'report.sendAndNext': () => (isReachable(form.current) ? submit(true) : false),
  })

  return (
    <form
      ref={form}
      className={styles.body}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {isAsking ? (
        <AnsweredMeanwhile answer={meanwhile} photos={report.photos} reason={reason} />
      ) : (
        conflict && <ConflictNotice report={report} since={opened} />
      )}
      {report.onlyAssignee && (
        <TakeOver report={report} holder={report.onlyAssignee} myself={myself} onTaken={() => what.current?.focus()} />
      )}
      <DraftRival draft={draft} accountId={myself.id} reportId={report.id} kind="answer" />
      <SharedDrafts drafts={drafts} kind="answer" draft={draft} isEmpty={isEmpty} />
      {remarks && (
        <p className={styles.remarks}>
          <strong>{answer('remarks')}</strong> {remarks}
        </p>
      )}
      {preview ? (
        <AnswerPreview report={report} draft={{ ...value, ...(stated ?? noOutcome) }} photoIds={chosen} />
      ) : (
        <>
          <FormField
            label={answer('what')}
            required
            error={missing(value.what)}
            aside={
              <TemplateMenu
                report={report}
                use="answer"
                onChoose={({ text, outcome }) =>
                  set({ what: value.what ? `${value.what}\n\n${text}` : text, ...withUsual(value, outcome) })
                }
              />
            }
          >
            {(field) => (
              <AnswerArea
                {...field}
                ref={what}
                report={report}
                placeholder={t('whatPlaceholder')}
                value={value.what}
                onText={(what) => set({ what })}
                // Rendered before the text comes, which is added to what is there then.
                onChosen={({ outcome }) => flushSync(() => set(withUsual(value, outcome)))}
              />
            )}
          </FormField>
          <div className={styles.pair}>
            <FormField
              label={answer('where')}
              required
              error={missing(value.where)}
              aside={
                report.address !== '' &&
                value.where === '' && (
                  <Button size="small" variant="quiet" onClick={takeAddress}>
                    {t('sameAddress')}
                  </Button>
                )
              }
            >
              {(field) => (
                <TextInput
                  {...field}
                  maxLength={500}
                  placeholder={t('wherePlaceholder')}
                  value={value.where}
                  onChange={(event) => set({ where: event.target.value })}
                />
              )}
            </FormField>
            <FormField label={answer('when')} required error={missing(value.when)}>
              {(field) => (
                <TextInput
                  {...field}
                  ref={when}
                  maxLength={200}
                  placeholder={t('whenPlaceholder')}
                  value={value.when}
                  onChange={(event) => set({ when: event.target.value })}
                />
              )}
            </FormField>
          </div>
          <FormField label={answer('nextStep')} aside={t('optional')}>
            {(field) => (
              <TextInput
                {...field}
                maxLength={2000}
                placeholder={t('nextPlaceholder')}
                value={value.next}
                onChange={(event) => set({ next: event.target.value })}
              />
            )}
          </FormField>
          <OutcomeFields value={value} onChange={set} isTried={tried} />
          <ProofPhotos
            report={report}
            myself={myself}
            photos={photos}
            without={value.without}
            onWithout={(without) => set({ without })}
          />
        </>
      )}
      {value.what.trim() !== '' && <Findings findings={findings} />}
      {gaps && <p className={styles.gaps}>{t('gaps')}</p>}
      <footer ref={foot} className={styles.foot}>
        <DraftLine draft={draft}>
          <ShareDraft report={report} kind="answer" draft={draft} drafts={drafts} />
        </DraftLine>
        <Button size="medium" icon={preview ? <PencilLine /> : <Eye />} onClick={() => setPreview(!preview)}>
          {t(preview ? 'edit' : 'preview')}
        </Button>
        {way === 'answer' && mayDo(report, 'schedule_answer') && (
          <SendLater
            report={report}
            isReady={isReady}
            words={
              stated && {
                ...{ what: value.what, where: value.where, when: value.when, next: value.next },
                ...{ ...stated, photoIds: chosen },
              }
            }
            reason={waiting.length > 0 ? t('photosFirst') : reason}
            onDone={() => {
              draft.drop()
              onClose()
            }}
          />
        )}
        <Button
          type="submit"
          variant="primary"
          command="report.send"
          busy={busy}
          reason={reason ?? (gaps ? t('gaps') : undefined)}
        >
          {isAsking ? t('answered.sendAnyway') : conflict ? t('sendAnyway') : t(isAtOnce(way) ? 'send' : 'submit')}
        </Button>
      </footer>
    </form>
  )
}

/** Work on an answer that was sent back continues from its text. */
function startOf(report: ReportView): AnswerDraft {
  const last = report.answers.at(-1)
  const isOpen = ['in_progress', 'answered', 'closed'].includes(report.state)
  if (!isOpen || last?.status !== 'sent_back') return emptyAnswer
  return { what: last.what, where: last.where, when: last.when, next: last.next, ...draftOfOutcome(last), without: [] }
}
