'use client'

import { Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { SaveRefusal } from './SaveRefusal.tsx'

type Sending = { isPending: boolean; error: unknown; reset: () => void }

type Props = {
  title: string
  width?: number
  form: { isChanged: boolean; set: (key: 'version', version: number) => void }
  save: Sending
  remove: Sending
  /** What is asked before the entry goes; null while it is not there yet. */
  removal: { title: string; sentence: string; label?: string } | null
  /** The verb where the entry is not there yet, if it is not "Thêm". */
  addLabel?: string
  onSave: () => void
  onRemove: () => void
  /** Fetches the list anew: somebody else was faster, and theirs is taken. */
  refresh: () => Promise<unknown>
  onClose: () => void
  children: ReactNode
}

/** One entry of a list in a drawer: added, changed or removed. What somebody else changed meanwhile is told, and what was typed stays. */
export function EntrySheet(props: Props) {
  const { title, width, form, save, remove, removal, addLabel, onSave, onRemove, refresh, onClose, children } = props
  const common = useTranslations('common')
  const [isRemoving, setRemoving] = useState(false)
  const removeLabel = removal?.label ?? common('remove')
  const keep = (version: number) => {
    form.set('version', version)
    save.reset()
    remove.reset()
  }
  const take = async () => {
    await refresh()
    onClose()
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
        refusal={<SaveRefusal error={save.error ?? remove.error} onKeep={keep} onTake={take} />}
        aside={
          removal && (
            <Button variant="quiet" icon={<Trash2 />} onClick={askRemoval}>
              {removeLabel}
            </Button>
          )
        }
        onSubmit={onSave}
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
          onConfirm={onRemove}
          onClose={() => setRemoving(false)}
        >
          {removal.sentence}
        </ConfirmDialog>
      )}
    </>
  )
}
