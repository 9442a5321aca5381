'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { restEnter } from '#components/keyboard/rest-enter.ts'
import { mayDo } from '#components/reports/report/desk.ts'
import { draftKey, dropDraft, keepDraft, takeDraft, writeDraft } from '#components/reports/report/drafts.ts'
import { Findings } from '#components/reports/report/Findings.tsx'
import { useActionWords } from '#components/reports/report/use-action-words.ts'
import { useMyself } from '#components/reports/report/use-report.ts'
import { Button } from '#components/ui/Button.tsx'
import type * as dialog from '#components/ui/Dialog.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { ConflictNotice } from './ConflictNotice.tsx'
import { FieldChoice } from './FieldChoice.tsx'
import { isForeseen } from './foreseen.ts'
import { errorsIn, type FormError } from './form-errors.ts'
import { type FormValues, moveForms } from './forms.ts'
import styles from './MoveDialog.module.css'
import type { MoveDialogProps } from './MoveDialog.tsx'
import { MoveField } from './MoveField.tsx'
import type { DialogName } from './move-names.ts'
import { useRefusedMoves } from './refused-moves.ts'
import { refusalReasonForAct } from './row-choice.ts'
import { useRefusalReasonWords } from './use-refusal-reason-words.ts'
import { type Done, useReportActionOn } from './use-report-action.ts'
import { useSuggestedAgency } from './use-suggested-agency.ts'
import { noteUsualAgency } from './usual-agencies.ts'

type Props = MoveDialogProps & {
  report: ReportView
  frame: typeof dialog
  onInstead: (move: DialogName) => void
}

export function MoveDialogPanel(props: Props) {
  const { Dialog, DialogActions, DialogContent, DialogTitle } = props.frame
  const { report, move, initial, names: givenNames, refused: before, side, onClose, onDone, onUndo, onInstead } = props
  const t = useTranslations('report.dialogs')
  const actionWords = useActionWords()
  const common = useTranslations('common')
  const id = useId()
  const myself = useMyself()
  const form = moveForms[move]
  const [opened] = useState(before?.since ?? report)
  const [first] = useState<FormValues>(() => ({
    ...form.initial(report),
    ...(myself && takeDraft(draftKey(myself.id, report.id, move))),
    ...initial,
  }))
  const [typed, setTyped] = useState(first)
  const [names, setNames] = useState<Record<string, string>>(givenNames ?? {})
  const [errors, setErrors] = useState<Record<string, FormError>>({})
  const [refused, setRefused] = useState<{ conflict: boolean; reason: string } | null>(before ?? null)
  const [busy, setBusy] = useState(false)
  const isOnward = useRef(false)
  const done: Done = (after, name) => onDone?.({ ...after, isOnward: isOnward.current }, name)
  const runOn = useReportActionOn(done, onUndo)
  // A field is set on the version seen when the dialog was opened, whatever the page has received since; chosen again,
  // on the present version.
  const isOnSeen = isChange(move) && !refused?.conflict
  const run = (values: FormValues, names: Record<string, string>) =>
    runOn(isOnSeen ? { ...report, version: opened.version, timeline: opened.timeline } : report, move, values, names)
  const bringBack = useRefusedMoves()
  const refusalReasonWords = useRefusalReasonWords(report)

  const suggestion = useSuggestedAgency(report, String(typed.categoryCode ?? ''), move === 'assign')
  // A field that was emptied manually stays empty: nothing is sent that the user does not see.
  const isProposed = suggestion && !typed.agencyId && names.agencyId === undefined
  const values = isProposed ? { ...typed, agencyId: suggestion.id } : typed
  const offered = report.moves.find((each) => each.move === move)
  const refusalReason = offered ? offered.refusalReason : refusalReasonForAct(report, move)
  const title = actionWords(move)
  const instead = form.instead && mayDo(report, form.instead) ? form.instead : null

  // Users who leave to sign in again find the text when the dialog is opened again.
  useEffect(() => {
    if (!myself || typed === first) return
    const keep = () => keepDraft(draftKey(myself.id, report.id, move), typed)
    window.addEventListener('pagehide', keep)
    return () => window.removeEventListener('pagehide', keep)
  }, [typed, first, myself, report.id, move])

  const change = (key: string) => (value: unknown, name?: string) => {
    setTyped((before) => ({ ...before, [key]: value }))
    if (name !== undefined) setNames((before) => ({ ...before, [key]: name }))
    setErrors(({ [key]: _, ...others }) => others)
  }

  const changeAll = (part: FormValues) => {
    setTyped((before) => ({ ...before, ...part }))
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([key]) => !(key in part))))
  }

  const submit = async (by: 'enter' | 'send' | 'sendAndNext' = 'enter') => {
    if (busy) return
    isOnward.current = by === 'sendAndNext'
    const leave = () => {
      if (by === 'enter') restEnter()
      onClose()
    }
    const shown = form.fields.filter((field) => !field.hiddenIf?.(values))
    const input = { ...values, reportId: report.id, version: report.version }
    const wrong = errorsIn(form.schema, input, form)
    if (Object.keys(wrong).length > 0) {
      setErrors(wrong)
      const first = shown.find(({ key }) => wrong[key])
      fieldsIn(id, `[data-field="${first?.key}"]`)?.focus()
      return
    }
    if (isChange(move) && JSON.stringify(values) === JSON.stringify(form.initial(report))) return leave()
    if (myself && typeof typed.agencyId === 'string' && typed.agencyId !== '')
      noteUsualAgency(myself.id, typed.agencyId)
    const allNames = { ...(isProposed && { agencyId: suggestion.label }), ...names }
    const draft = myself && draftKey(myself.id, report.id, move)
    if (isForeseen(move) && draft) {
      // What was typed is kept until the server has accepted it, even if the page is closed before.
      writeDraft(draft, values)
      leave()
      const sentAt = performance.now()
      const outcome = await run(values, allNames)
      if (outcome.ok) return dropDraft(draft)
      return bringBack({
        code: report.code,
        move,
        initial: values,
        names: allNames,
        refused: { ...outcome, since: opened },
        sentAt,
        ...(onUndo && { onUndo }),
        ...(onDone && { onDone }),
      })
    }
    setBusy(true)
    setRefused(null)
    const outcome = await run(values, allNames)
    setBusy(false)
    if (!outcome.ok) return setRefused(outcome)
    if (draft) dropDraft(draft)
    leave()
  }
  useCommands('report', {
    'report.send': () => void submit('send'),
    'report.sendAndNext': () => void submit('sendAndNext'),
  })
  const takeTheirs = () => {
    if (myself) dropDraft(draftKey(myself.id, report.id, move))
    onClose()
  }

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void submit()
  }
  const fields = form.fields.filter((field) => !field.hiddenIf?.(values))
  const inputs = fields.map((field, i) => (
    <div key={field.key} data-field={field.key}>
      <MoveField
        report={report}
        field={field}
        values={values}
        onChange={change(field.key)}
        onChangeAll={changeAll}
        error={errors[field.key]}
        autoFocus={i === 0}
        proposed={suggestion}
      />
    </div>
  ))
  return (
    <Dialog
      open
      onClose={busy ? undefined : onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby={`${id}-title`}
      {...(side && { ...beside, container: side })}
      slotProps={{
        transition: { onEntered: () => focusFirst(id, form.fields[0]?.key), ...(side && { timeout: 0 }) },
        ...(side && { root: { className: styles.beside }, paper: { className: styles.sheet } }),
      }}
    >
      <form id={id} className={styles.form} onSubmit={onSubmit} noValidate>
        <DialogTitle id={`${id}-title`} component="h2" className={styles.title}>
          {title}
          <span className={styles.code}>{report.code}</span>
        </DialogTitle>
        <DialogContent className={styles.content}>
          {refused?.conflict && !isChange(move) && <ConflictNotice report={report} since={opened} />}
          {refused && !refused.conflict && (
            <p className={styles.refused} role="alert">
              {t('failed', { reason: refused.reason })}
            </p>
          )}
          {move === 'approve' && <Findings findings={report.findings} forReview />}
          {form.hint && <p className={styles.hint}>{t(form.hint, { seconds: report.windows.undoSeconds })}</p>}
          {refused?.conflict && isChange(move) ? (
            <FieldChoice report={report} since={opened} move={move} onTheirs={takeTheirs}>
              {inputs}
            </FieldChoice>
          ) : (
            inputs
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={busy}>
            {common('cancel')}
          </Button>
          {instead && <Button onClick={() => onInstead(instead)}>{actionWords(instead)}</Button>}
          <Button
            type="submit"
            variant={form.tone ?? 'primary'}
            busy={busy}
            command="report.send"
            reason={refusalReason ? t('conflict.impossible', { reason: refusalReasonWords(refusalReason) }) : undefined}
            autoFocus={fields.every(({ kind }) => kind === 'parts')}
          >
            {refused?.conflict
              ? t(isChange(move) ? 'conflict.mine' : 'conflict.apply')
              : form.apply
                ? t(form.apply)
                : title}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

/** Dialogs that only set a value: with the value unchanged there is nothing to do. */
const isChange = (move: DialogName) =>
  move.startsWith('change_') || move === 'assign_person' || move === 'link_incident'

/** The page beside it stays readable and usable. */
const beside = { hideBackdrop: true, disableScrollLock: true, disableEnforceFocus: true, 'aria-modal': false } as const

const fieldsIn = (formId: string, within = '') =>
  document
    .getElementById(formId)
    ?.querySelector<HTMLElement>(`${within} :is(input, textarea, select):not([tabindex="-1"])`)

/**
 * Typing begins in the first field, whatever took the focus while the dialog opened; a field that is still loading
 * takes it itself.
 */
function focusFirst(formId: string, key: string | undefined): void {
  const form = document.getElementById(formId)
  if (!form?.contains(document.activeElement)) fieldsIn(formId, `[data-field="${key}"]`)?.focus()
}
