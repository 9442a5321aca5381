'use client'

import { Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { SaveRefusal } from './SaveRefusal.tsx'

type Sending<Input> = { isPending: boolean; error: unknown; reset: () => void; mutate: (input: Input) => void }

type Form<Input> = {
  values: { version: number }
  isChanged: boolean
  set: (key: 'version', version: number) => void
  check: () => Input | null
}

type Props<Input> = {
  title: string
  width?: number
  form: Form<Input>
  save: Sending<Input>
  remove: Sending<{ id: string; version: number }>
  /** The entry and its removal dialog; null for a new entry. */
  removal: { id: string; title: string; sentence: string; label?: string } | null
  /** The verb for a new entry, if it is not "Thêm". */
  addLabel?: string
  /** Someone else saved first, and the user takes their version. */
  onTake: () => void
  onClose: () => void
  children: ReactNode
}

/**
 * One entry of a list in a sheet: added, changed or removed. A change by someone else meanwhile is shown, and what was
 * typed stays.
 */
export function EntrySheet<Input>(props: Props<Input>) {
  const { title, width, form, save, remove, removal, addLabel, onTake, onClose, children } = props
  const common = useTranslations('common')
  const [isRemoving, setRemoving] = useState(false)
  const removeLabel = removal?.label ?? common('remove')
  const keep = (version: number) => {
    form.set('version', version)
    save.reset()
    remove.reset()
  }
  const submit = () => {
    const input = form.check()
    if (input) save.mutate(input)
  }
  const askRemoval = () => {
    remove.reset()
    setRemoving(true)
  }
  return (
    <>
      <FormSheet
        title={title}
        submitLabel={removal ? common('save') : (addLabel ?? common('add'))}
        {...(width && { width })}
        busy={save.isPending}
        isChanged={form.isChanged}
        refusal={<SaveRefusal error={save.error ?? remove.error} onKeep={keep} onTake={onTake} />}
        aside={
          removal && (
            <Button variant="quiet" icon={<Trash2 />} onClick={askRemoval}>
              {removeLabel}
            </Button>
          )
        }
        onSubmit={submit}
        onClose={onClose}
      >
        {children}
      </FormSheet>
      {removal && (
        <ConfirmDialog
          open={isRemoving && !remove.error}
          title={removal.title}
          confirmLabel={removeLabel}
          tone="danger"
          busy={remove.isPending}
          onConfirm={() => remove.mutate({ id: removal.id, version: form.values.version })}
          onClose={() => setRemoving(false)}
        >
          {removal.sentence}
        </ConfirmDialog>
      )}
    </>
  )
}
