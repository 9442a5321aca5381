'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { refusalOf } from '#components/trpc/refusal.ts'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { TextArea, TextInput } from '#components/ui/TextInput.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { CopyView } from '#server/publication/queries/copies.ts'
import { copyTexts, type ShownData } from '#server/publication/rules/copy-texts.ts'
import { saveCopyInput } from '#server/publication/rules/schemas.ts'
import { ClearFindings } from './ClearFindings.tsx'
import { CopyPhotos } from './CopyPhotos.tsx'
import { CopyStatus } from './CopyStatus.tsx'
import { MarkedText } from './MarkedText.tsx'
import styles from './PublicCopy.module.css'
import { sheetWidth } from './sheet-width.ts'
import { type CopyDeed, useCopyDeeds } from './use-copy-deeds.ts'
import { usePhotoDecisions } from './use-photo-decisions.ts'
import { WithdrawCopy } from './WithdrawCopy.tsx'

const fields = saveCopyInput.pick({ title: true, body: true, address: true, showsPoint: true })

type Props = { copy: CopyView; onReload: () => Promise<void>; onClose: () => void }

export function PublicCopyForm({ copy, onReload, onClose }: Props) {
  const t = useTranslations('report.publicCopy')
  const problemOf = useProblemText()
  const textOf = useRefusalText()
  const start = { ...(copy.kept ?? copy.proposed.texts), showsPoint: copy.showsPoint }
  const { values, problems, isChanged, set, check } = useForm(fields, start)
  const decisions = usePhotoDecisions(copy.photos)
  const [error, setError] = useState<unknown>(null)
  const [cleared, setCleared] = useState<ShownData[]>([])
  const [isWithdrawing, setWithdrawing] = useState(false)
  const { run, busy } = useCopyDeeds(copy, onClose)
  const refused = refusalOf(error)
  const shown = refused?.code === 'copy_shows_personal_data' ? (refused.details.shown as ShownData[]) : []

  const act = async (deed: CopyDeed) => {
    setError(null)
    try {
      await run(deed)
    } catch (thrown) {
      setError(thrown)
      // What was cleared is not all that is shown: the reviewer looks at all of it again.
      setCleared([])
      // The texts of the reviewer stay; beside them is the report as it is now.
      if (['conflict', 'copy_basis_changed'].includes(refusalOf(thrown)?.code ?? '')) await onReload()
    }
  }
  const send = (name: 'save' | 'publish') => {
    const input = check()
    if (!input) return
    const reviewed = { ...input, photos: decisions.decided() }
    void act(name === 'save' ? { name, input: reviewed } : { name, input: reviewed, cleared })
  }
  const refusal = error !== null && (
    <div role="alert" className={styles.refusal}>
      <TriangleAlert size={16} aria-hidden="true" />
      <div>
        {textOf(error)}
        {shown.length > 0 && <ClearFindings shown={shown} cleared={cleared} onChange={setCleared} />}
      </div>
    </div>
  )
  return (
    <>
      <FormSheet
        title={`${t('title')}: ${copy.code}`}
        submitLabel={t('publish')}
        width={sheetWidth}
        busy={busy}
        isChanged={isChanged || decisions.isChanged}
        refusal={refusal}
        onSubmit={() => send('publish')}
        onClose={onClose}
        aside={
          <span className={styles.aside}>
            <Button disabled={busy || copy.refusals.save !== null} onClick={() => send('save')}>
              {t('save')}
            </Button>
            {copy.refusals.withdraw === null && (
              <Button disabled={busy} variant="quiet" onClick={() => setWithdrawing(true)}>
                {t(copy.state === 'published' ? 'withdraw' : 'keepBack')}
              </Button>
            )}
          </span>
        }
      >
        <CopyStatus copy={copy} />
        {copyTexts.map((name) => {
          const label = t(`texts.${name}`)
          const control = {
            value: values[name],
            lang: 'vi',
            onChange: ({ target }: { target: { value: string } }) => set(name, target.value),
          }
          return (
            <div key={name} className={styles.pair}>
              <div>
                <p className={styles.label}>{t('original', { text: label })}</p>
                <MarkedText text={copy.original[name]} findings={copy.proposed.findings[name]} />
              </div>
              <FormField label={t('shown', { text: label })} error={problemOf(problems[name])}>
                {(field) =>
                  name === 'body' ? (
                    <TextArea {...field} {...control} rows={8} />
                  ) : (
                    <TextInput {...field} {...control} />
                  )
                }
              </FormField>
            </div>
          )
        })}
        {copy.hasPoint && (
          <CheckField
            label={t('showsPoint')}
            hint={t('showsPointHint')}
            checked={values.showsPoint}
            onChange={(showsPoint) => set('showsPoint', showsPoint)}
          />
        )}
        {copy.photos.length > 0 && <CopyPhotos photos={copy.photos} decisions={decisions} />}
      </FormSheet>
      {isWithdrawing && (
        <WithdrawCopy
          isPublished={copy.state === 'published'}
          busy={busy}
          onClose={() => setWithdrawing(false)}
          onConfirm={(reason) => {
            setWithdrawing(false)
            void act({ name: 'withdraw', reason })
          }}
        />
      )}
    </>
  )
}
