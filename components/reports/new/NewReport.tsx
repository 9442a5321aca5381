'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { errorsIn, type FormError } from '#components/reports/moves/form-errors.ts'
import { DraftLine } from '#components/reports/report/DraftLine.tsx'
import { draftKey, useDraft } from '#components/reports/report/drafts.ts'
import { useMyself, useReportCache } from '#components/reports/report/use-report.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { receiveInput } from '#server/reports/rules/schemas.ts'
import styles from './NewReport.module.css'
import { NewReportFields } from './NewReportFields.tsx'
import { emptyDraft, inputOf, type NewReportDraft } from './new-report-draft.ts'

type Props = {
  open: boolean
  onClose: () => void
  /** Called after saving, to show the new report. */
  onSaved: (code: string) => void
}

/** Parts of the form whose fields have errors of their own. */
const groups = ['reporter']

/**
 * Staff enter what a citizen said on the phone, at the counter or by e-mail (Shift+N). What was typed is kept until it
 * is saved.
 */
export function NewReport({ open, onClose, onSaved }: Props) {
  const myself = useMyself()
  if (!open || !myself) return null
  return <NewReportSheet myself={myself} onClose={onClose} onSaved={onSaved} />
}

function NewReportSheet({ myself, onClose, onSaved }: Omit<Props, 'open'> & { myself: { id: string } }) {
  const t = useTranslations('report.new')
  const id = useId()
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const { noteChange } = useReportCache()
  const draft = useDraft<NewReportDraft>(draftKey(myself.id, 'new', 'report'), emptyDraft)
  const [errors, setErrors] = useState<Record<string, FormError>>({})
  const [busy, setBusy] = useState(false)

  const change = (part: Partial<NewReportDraft>) => {
    draft.set({ ...draft.value, key: draft.value.key || crypto.randomUUID(), ...part })
    setErrors((before) =>
      Object.fromEntries(Object.entries(before).filter(([key]) => !isChanged(key, draft.value, part))),
    )
  }
  const inputNow = () => ({ ...inputOf(draft.value), key: draft.value.key || crypto.randomUUID() })
  /** Checks one field when it is left, while the citizen is still there to ask. */
  const check = (key: string) => {
    const { [key]: wrong } = errorsIn(receiveInput, inputNow(), { fields: [] }, groups)
    if (wrong) setErrors((before) => ({ ...before, [key]: wrong }))
  }

  const save = async () => {
    if (busy) return
    const input = inputNow()
    const wrong = errorsIn(receiveInput, input, { fields: [] }, groups)
    setErrors(wrong)
    const [first] = Object.keys(wrong)
    if (first) {
      document
        .getElementById(id)
        ?.querySelector<HTMLElement>(`[data-field="${first}"] :is(input, textarea, select)`)
        ?.focus()
      return
    }
    setBusy(true)
    try {
      const { code, repeated } = await client.reports.receive.mutate(input)
      draft.drop()
      toast({ text: t(repeated ? 'repeated' : 'saved', { code }), tone: 'success' })
      noteChange()
      onSaved(code)
    } catch (error) {
      setBusy(false)
      toast({ text: textOf(error), tone: 'failure' })
    }
  }
  useCommands('report', { 'report.send': () => void save() })

  return (
    <Sheet
      open
      onClose={onClose}
      title={t('title')}
      width={560}
      footer={
        <>
          <Button type="submit" form={id} variant="primary" command="report.send" busy={busy}>
            {t('save')}
          </Button>
          <DraftLine draft={draft} />
        </>
      }
    >
      <form
        id={id}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <NewReportFields draft={draft.value} errors={errors} onChange={change} onLeave={check} />
      </form>
    </Sheet>
  )
}

/** Whether the field with this error is among what changes. */
function isChanged(key: string, { reporter: before }: NewReportDraft, { reporter, ...part }: Partial<NewReportDraft>) {
  const [group, field] = key.split('.') as [string, keyof typeof before]
  return group in part || (reporter !== undefined && reporter[field] !== before[field])
}
