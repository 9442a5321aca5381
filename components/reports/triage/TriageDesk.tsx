'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import type { FormValues } from '#components/reports/moves/forms.ts'
import { MoveDialog } from '#components/reports/moves/MoveDialog.tsx'
import type { DialogName } from '#components/reports/moves/move-names.ts'
import { useRefusalReasonText } from '#components/reports/moves/use-refusal-reason-words.ts'
import { mayDo, type ReportDesk, ReportDeskContext } from '#components/reports/report/desk.ts'
import { PutOffDialog } from '#components/reports/report/PutOffDialog.tsx'
import { usePutOff } from '#components/reports/report/use-put-off.ts'
import { useMyself } from '#components/reports/report/use-report.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { DecisionBar } from './DecisionBar.tsx'
import { Duplicates } from './Duplicates.tsx'
import { Proposed } from './Proposed.tsx'
import styles from './TriageDesk.module.css'
import { TriagePlace } from './TriagePlace.tsx'
import { TriageStory } from './TriageStory.tsx'
import type { Decisions } from './use-decisions.ts'
import { useLikelyDuplicates } from './use-likely-duplicates.ts'
import { useProposal } from './use-proposal.ts'
import type { Strip } from './use-strip.ts'

type Props = { report: ReportView; strip: Strip; decisions: Decisions; onFilter: () => void }
type Dialog = { report: ReportView; move: DialogName; initial?: FormValues; names?: Record<string, string> }

/** The current report, its likely duplicates beside it, and a key for each decision. */
export function TriageDesk({ report, strip, decisions, onFilter }: Props) {
  const t = useTranslations('triage')
  const router = useRouter()
  const toast = useToast()
  const myself = useMyself()
  const refusalReasonText = useRefusalReasonText()
  const proposal = useProposal(report)
  const duplicates = useLikelyDuplicates(report)
  const { decide, onDone } = decisions
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [pickingFor, setPickingFor] = useState<number | null>(null)
  const isPicking = pickingFor === report.id
  const place = useRef<HTMLElement>(null)

  const refuse = (move: string) => {
    const refusalReason = report.moves.find((each) => each.move === move)?.refusalReason ?? 'forbidden'
    toast({ text: refusalReasonText(refusalReason, report.state), key: 'refusal-reason' })
  }
  const ask = (move: DialogName, initial?: FormValues) => {
    const isAct = (report.acts as readonly string[]).includes(move)
    if (!isAct && !mayDo(report, move)) return refuse(move)
    setDialog({ report, move, ...(initial && { initial }) })
  }
  const assign = () => {
    if (!mayDo(report, 'assign')) return refuse('assign')
    const { agency, isKnown } = proposal
    if (!isKnown) return setAwaited(report.id)
    if (!agency) return ask('assign')
    void decide(report, 'assign', { agencyId: agency.id }, { agencyId: agency.label })
  }
  // Pressed before the rules have answered, the key waits for them.
  const [awaited, setAwaited] = useState<number | null>(null)
  const assignNow = useRef(assign)
  useEffect(() => {
    assignNow.current = assign
  })
  useEffect(() => {
    if (awaited === null || (awaited === report.id && !proposal.isKnown)) return
    setAwaited(null)
    if (awaited === report.id) assignNow.current()
  }, [awaited, report.id, proposal.isKnown])
  const found = duplicates.data ?? []
  const merge = () => {
    if (!mayDo(report, 'merge')) return refuse('merge')
    if (found.length === 0) return ask('merge')
    setPickingFor(report.id)
  }
  const open = (code: string) => router.push(`/reports/${encodeURIComponent(code)}?view=awaiting_intake`)
  const [isPuttingOff, setPuttingOff] = useState(false)
  const putOff = usePutOff({
    onGone: () => strip.leave(report.id, { isShown: false, isPutOff: true }),
    onBack: (id) => {
      strip.comeBack(id)
      strip.goTo(id, true)
    },
  })
  const active = dialog === null && !isPicking && !isPuttingOff
  useCommands(
    'triage',
    {
      'triage.assign': assign,
      'triage.assignElse': (_, chosen) =>
        chosen ? void decide(report, 'assign', chosen.values, chosen.names) : ask('assign'),
      'triage.merge': merge,
      'triage.reject': () => ask('reject'),
      'triage.ask': () => ask('ask_citizen'),
      'triage.putOff': () => setPuttingOff(true),
      'triage.severity': () => ask('change_severity'),
      'triage.category': (_, chosen) =>
        ask(
          'change_category',
          chosen ? chosen.values : proposal.categoryCode ? { categoryCode: proposal.categoryCode } : undefined,
        ),
      'triage.next': strip.goOn,
      'triage.previous': strip.goBack,
      'triage.open': () => open(report.code),
      'triage.filter': onFilter,
      'triage.loadNew': strip.loadNew,
    },
    { active, subject: report.code },
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
    setTimeout(() => document.activeElement === document.body && place.current?.focus({ preventScroll: true }))
  const closeDialog = () => {
    setDialog(null)
    giveBack()
  }
  const stopPicking = () => {
    setPickingFor(null)
    giveBack()
  }
  return (
    <ReportDeskContext value={desk}>
      <section ref={place} className={styles.desk} tabIndex={-1} aria-label={t('one')}>
        <div className={styles.content} data-way={strip.backwards ? 'back' : 'on'}>
          <TriageStory
            key={`story ${report.id}`}
            report={report}
            taken={strip.taken}
            onNext={() => void strip.goOn()}
          />
          <div className={styles.side}>
            <Proposed report={report} proposal={proposal} onChange={ask} />
            <TriagePlace report={report} />
          </div>
          <Duplicates
            key={`duplicates ${report.id}`}
            report={report}
            found={found}
            isPending={duplicates.isPending && report.point !== null}
            isPicking={isPicking}
            onPick={({ id, code }) => {
              stopPicking()
              void decide(report, 'merge', { intoReportId: id }, { intoReportId: code })
            }}
            onOther={() => {
              setPickingFor(null)
              ask('merge')
            }}
            onLeave={stopPicking}
          />
        </div>
        <DecisionBar
          report={report}
          proposal={proposal}
          duplicates={found.length}
          onAssign={assign}
          onAssignElse={() => ask('assign')}
          onMerge={merge}
          onReject={() => ask('reject')}
          onAsk={() => ask('ask_citizen')}
        />
      </section>
      {isPuttingOff && (
        <PutOffDialog
          code={report.code}
          onChoose={(until) => {
            setPuttingOff(false)
            putOff(report, until)
            giveBack()
          }}
          onClose={() => {
            setPuttingOff(false)
            giveBack()
          }}
        />
      )}
      {dialog && (
        <MoveDialog
          key={dialog.move}
          code={report.code}
          {...dialog}
          onClose={closeDialog}
          onDone={onDone(report)}
          onUndo={strip.noteUndo}
        />
      )}
    </ReportDeskContext>
  )
}
