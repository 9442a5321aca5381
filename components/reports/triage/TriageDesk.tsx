'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import type { FormValues } from '#components/reports/moves/forms.ts'
import { MoveDialog } from '#components/reports/moves/MoveDialog.tsx'
import type { DialogName } from '#components/reports/moves/move-names.ts'
import { useRefusalReasonText } from '#components/reports/moves/use-refusal-reason-words.ts'
import { usePlaceProposal } from '#components/reports/place/use-place-proposal.ts'
import { mayDo, type ReportDesk, ReportDeskContext } from '#components/reports/report/desk.ts'
import { PutOffDialog, preloadPutOff } from '#components/reports/report/PutOffDialog.tsx'
import { usePutOff } from '#components/reports/report/use-put-off.ts'
import { useMyself } from '#components/reports/report/use-report.ts'
import { Sheet } from '#components/ui/Sheet.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { whenIdle } from '#components/ui/when-idle.ts'
import type { LikelyDuplicate } from '#server/reports/queries/duplicates.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { DecisionBar } from './DecisionBar.tsx'
import { type Into, MergeSheet } from './MergeSheet.tsx'
import { Proposed } from './Proposed.tsx'
import styles from './TriageDesk.module.css'
import { TriageStory } from './TriageStory.tsx'
import { UndoLane } from './UndoLane.tsx'
import { useAssign } from './use-assign.ts'
import type { Decisions } from './use-decisions.ts'
import { useLikelyDuplicates } from './use-likely-duplicates.ts'
import { usePicking } from './use-picking.ts'
import { useProposal } from './use-proposal.ts'
import type { Strip } from './use-strip.ts'

const none: readonly LikelyDuplicate[] = []

type Props = {
  report: ReportView
  strip: Strip
  decisions: Decisions
  onFilter: () => void
  /** Where deciding happens beside the report; null where there is no room beside it. */
  side: HTMLElement | null
}
type Dialog = { report: ReportView; move: DialogName; initial?: FormValues; names?: Record<string, string> }

/** The current report, and a key for each decision; what a decision asks for is beside the report, never over it. */
export function TriageDesk({ report, strip, decisions, onFilter, side }: Props) {
  const t = useTranslations('triage')
  const router = useRouter()
  const toast = useToast()
  const myself = useMyself()
  const refusalReasonText = useRefusalReasonText()
  const proposal = useProposal(report)
  const placeProposal = usePlaceProposal(report)
  const likely = useLikelyDuplicates(report).data
  const picking = usePicking(report, likely?.found ?? none)
  const { decide, onDone } = decisions
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const { isPicking, offered } = picking
  const place = useRef<HTMLElement>(null)

  const refuse = (move: string) => {
    const refusalReason = report.moves.find((each) => each.move === move)?.refusalReason ?? 'forbidden'
    toast({ text: refusalReasonText(refusalReason, report.state), key: 'refusal-reason' })
  }
  const ask = (move: DialogName, initial?: FormValues) => {
    const isAct = (report.acts as readonly string[]).includes(move)
    if (!isAct && !mayDo(report, move)) return refuse(move)
    picking.stop()
    setDialog({ report, move, ...(initial && { initial }) })
  }
  const assign = useAssign(report, proposal, (agency) => {
    if (!mayDo(report, 'assign')) return refuse('assign')
    if (!agency) return ask('assign')
    picking.stop()
    void decide(report, 'assign', { agencyId: agency.id }, { agencyId: agency.label })
  })
  const merge = () => (mayDo(report, 'merge') ? picking.start() : refuse('merge'))
  const open = (code: string) => router.push(`/reports/${encodeURIComponent(code)}?view=awaiting_intake`)
  const [puttingOff, setPuttingOff] = useState<ReportView | null>(null)
  const putOff = usePutOff({
    onGone: () => strip.leave(report.id, { isShown: false, isPutOff: true }),
    onBack: (id) => {
      strip.comeBack(id)
      strip.goTo(id, true)
    },
  })
  useEffect(() => whenIdle(preloadPutOff), [])
  const busy = dialog || puttingOff ? 'form' : isPicking ? 'choice' : null
  const { noteBusy } = strip
  useEffect(() => {
    noteBusy(busy)
    return () => noteBusy(null)
  }, [noteBusy, busy])
  useCommands(
    'triage',
    {
      'triage.assign': assign,
      'triage.assignElse': (_, chosen) =>
        chosen ? void decide(report, 'assign', chosen.values, chosen.names) : ask('assign'),
      'triage.merge': merge,
      'triage.reject': () => ask('reject'),
      'triage.ask': () => ask('ask_citizen'),
      'triage.putOff': () => setPuttingOff(report),
      'triage.severity': () => ask('change_severity'),
      'triage.category': (_, chosen) =>
        ask(
          'change_category',
          chosen ? chosen.values : proposal.categoryCode ? { categoryCode: proposal.categoryCode } : undefined,
        ),
      ...(placeProposal && { 'triage.place': placeProposal.set }),
      'triage.next': strip.goOn,
      'triage.previous': strip.goBack,
      'triage.open': () => open(report.code),
      'triage.filter': onFilter,
      'triage.loadNew': strip.loadNew,
    },
    { active: busy === null, subject: report.code },
  )

  const desk = useMemo<ReportDesk>(
    () => ({
      report,
      myself: myself && { id: myself.id, name: myself.name },
      open: (move, initial, names) => setDialog({ report, move, ...(initial && { initial }), ...(names && { names }) }),
      doNow: () => undefined,
      write: () => undefined,
      goTo: (code) => window.open(`/reports/${encodeURIComponent(code)}`, '_blank', 'noopener'),
      goOn: () => undefined,
    }),
    [report, myself],
  )
  // What a key has opened returns the keys to the desk.
  const giveBack = () =>
    setTimeout(() => {
      const { activeElement } = document
      if (activeElement === document.body || side?.contains(activeElement))
        place.current?.focus({ preventScroll: true })
    })
  const closeDialog = () => {
    setDialog(null)
    giveBack()
  }
  const stopPicking = () => {
    picking.stop()
    giveBack()
  }
  const sheet = (
    <MergeSheet
      key={report.id}
      isTitled={side !== null || !isPicking}
      isBeside={side !== null}
      report={report}
      picking={picking}
      isComparable={likely ? likely.isComparable : report.point !== null || report.address !== '' ? null : false}
      onPick={({ id, code }: Into) => {
        stopPicking()
        void decide(report, 'merge', { intoReportId: id }, { intoReportId: code })
      }}
      onLeave={stopPicking}
    />
  )
  return (
    <ReportDeskContext value={desk}>
      <section ref={place} className={styles.desk} tabIndex={-1} aria-label={t('one')}>
        <div className={styles.content} data-way={strip.backwards ? 'back' : 'on'}>
          <TriageStory
            key={`story ${report.id}`}
            report={report}
            taken={strip.taken}
            alike={offered}
            chosen={isPicking ? picking.at : null}
            onNext={() => {
              setDialog(null)
              strip.goOn()
            }}
          />
          <Proposed report={report} proposal={proposal} onChange={ask} />
          {!side && offered.length > 0 && !isPicking && sheet}
        </div>
        {side && <UndoLane />}
        <DecisionBar
          report={report}
          proposal={proposal}
          duplicates={offered.length}
          isWriting={dialog !== null}
          opened={isPicking ? 'merge' : (dialog?.move ?? null)}
          onAssign={assign}
          onAssignElse={() => ask('assign')}
          onMerge={merge}
          onReject={() => ask('reject')}
          onAsk={() => ask('ask_citizen')}
          onPutOff={() => {
            picking.stop()
            setPuttingOff(report)
          }}
        />
      </section>
      {puttingOff && (
        <PutOffDialog
          code={puttingOff.code}
          onChoose={(until) => {
            setPuttingOff(null)
            putOff(puttingOff, until)
            giveBack()
          }}
          onClose={() => {
            setPuttingOff(null)
            giveBack()
          }}
        />
      )}
      {side && (offered.length > 0 || isPicking) && createPortal(sheet, side)}
      {!side && (
        <Sheet open={isPicking} onClose={stopPicking} title={t('duplicates.which')}>
          {sheet}
        </Sheet>
      )}
      {dialog && (
        <MoveDialog
          // What is written stays with the report that it was begun on.
          key={`${dialog.report.id} ${dialog.move}`}
          code={dialog.report.code}
          {...dialog}
          side={side}
          onClose={closeDialog}
          onDone={onDone(dialog.report)}
          onUndo={strip.noteUndo}
        />
      )}
    </ReportDeskContext>
  )
}
