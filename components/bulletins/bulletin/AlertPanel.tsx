'use client'

import { useQuery } from '@tanstack/react-query'
import { Lightbulb, Siren } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { MomentFields } from '#components/incidents/MomentFields.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SelectInput, TextArea, TextInput } from '#components/ui/TextInput.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { BulletinView } from '#server/bulletins/queries/bulletin.ts'
import {
  type AlertPanel as Alert,
  capCategories,
  capCertainties,
  capResponses,
  capSeverities,
  capUrgencies,
} from '#server/bulletins/rules/alert.ts'
import { alertConsequence } from '#server/bulletins/rules/alert-consequence.ts'
import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'
import { suggestedAlert } from '#server/bulletins/rules/templates.ts'
import { endSetByAlert } from '#server/bulletins/rules/validity.ts'
import { ConsequenceLine } from '../ConsequenceLine.tsx'
import { EndingChoices } from '../moves/MoveFields.tsx'
import type { BulletinMoves } from '../moves/use-bulletin-moves.tsx'
import styles from './Panels.module.css'

type Props = {
  view: BulletinView
  content: BulletinContent
  isEditable: boolean
  moves: BulletinMoves
  onChange: (change: Partial<BulletinContent>) => void
}

const choices = {
  category: capCategories,
  urgency: capUrgencies,
  severity: capSeverities,
  certainty: capCertainties,
  response: capResponses,
} as const

const instantOf = (at: Date | null): string | null => (at && !Number.isNaN(at.getTime()) ? at.toISOString() : null)

/** Issues the bulletin as an alert: the CAP terms, each explained, with the combination that fits its kind. */
export function AlertPanel({ view, content, isEditable, moves, onChange }: Props) {
  const t = useTranslations('bulletins.alertPanel')
  const format = useFormat()
  const says = useTranslations('bulletins.fields')
  const { alert } = content
  const end = endSetByAlert(content, new Date())
  const set = (change: Partial<Alert>) => alert && onChange({ alert: { ...alert, ...change } })
  return (
    <div className={styles.form}>
      <SentAlerts view={view} moves={moves} />
      <CheckField
        look="switch"
        label={t('issue')}
        hint={t('issueHint')}
        checked={alert !== null}
        disabled={!isEditable}
        onChange={(on) => onChange({ alert: on ? suggestedAlert(content) : null, alertEnding: null })}
      />
      {view.standingAlert && !alert && (
        <>
          <p className={styles.hint}>{t('ending.until', { at: format.dateTime(view.standingAlert.until) })}</p>
          <fieldset disabled={!isEditable} style={{ border: 0, margin: 0, padding: 0 }}>
            <EndingChoices value={content.alertEnding ?? null} onChange={(alertEnding) => onChange({ alertEnding })} />
          </fieldset>
        </>
      )}
      {isEditable && <ConsequenceLine consequence={alertConsequence(content, view.standingAlert, new Date())} />}
      {alert && (
        <fieldset className={styles.form} disabled={!isEditable} style={{ border: 0, margin: 0, padding: 0 }}>
          {isEditable && (
            <div className={styles.actions}>
              <Button
                size="small"
                icon={<Lightbulb />}
                onClick={() => {
                  const { category, urgency, severity, certainty, response } = suggestedAlert(content)
                  set({ category, urgency, severity, certainty, response })
                }}
              >
                {t('suggest')}
              </Button>
            </div>
          )}
          <FormField label={t('event')} required>
            {(field) => (
              <TextInput
                {...field}
                maxLength={120}
                value={alert.event}
                onChange={({ target }) => set({ event: target.value })}
              />
            )}
          </FormField>
          <FormField label={t('eventEn')}>
            {(field) => (
              <TextInput
                {...field}
                lang="en"
                maxLength={120}
                value={alert.eventEn}
                onChange={({ target }) => set({ eventEn: target.value })}
              />
            )}
          </FormField>
          {(Object.keys(choices) as (keyof typeof choices)[]).map((key) => (
            <FormField
              key={key}
              label={t(`names.${key}`)}
              hint={t(`meanings.${key}.${alert[key]}` as 'meanings.urgency.Immediate')}
            >
              {(field) => (
                <SelectInput
                  {...field}
                  value={alert[key]}
                  onChange={({ target }) => set({ [key]: target.value } as Partial<Alert>)}
                >
                  {choices[key].map((value) => (
                    <option key={value} value={value}>
                      {t(`words.${key}.${value}` as 'words.urgency.Immediate')}
                    </option>
                  ))}
                </SelectInput>
              )}
            </FormField>
          ))}
          <MomentFields
            label={t('onset')}
            timeLabel={t('time')}
            hint={t('onsetHint')}
            value={alert.onset ? new Date(alert.onset) : null}
            onChange={(at) => set({ onset: instantOf(at) })}
          />
          <MomentFields
            label={t('expires')}
            timeLabel={t('time')}
            required
            value={alert.expires ? new Date(alert.expires) : null}
            onChange={(at) => set({ expires: instantOf(at) })}
          />
          {end && (
            <p className={styles.byAlert}>
              <Siren size={16} aria-hidden="true" />
              {says('validByAlert', { at: format.dateTime(end) })}
            </p>
          )}
          <FormField label={t('instruction')} hint={t('instructionHint')}>
            {(field) => (
              <TextArea
                {...field}
                rows={3}
                maxLength={2000}
                value={alert.instruction}
                onChange={({ target }) => set({ instruction: target.value })}
              />
            )}
          </FormField>
          <FormField label={t('instructionEn')}>
            {(field) => (
              <TextArea
                {...field}
                lang="en"
                rows={3}
                maxLength={2000}
                value={alert.instructionEn}
                onChange={({ target }) => set({ instructionEn: target.value })}
              />
            )}
          </FormField>
          <p className={styles.hint}>{t('areasHint')}</p>
        </fieldset>
      )}
      {alert && <Message id={view.id} version={view.version} />}
    </div>
  )
}

/** The alerts sent and the three ways to follow up: a sent message cannot be changed in place. */
function SentAlerts({ view, moves }: { view: BulletinView; moves: BulletinMoves }) {
  const t = useTranslations('bulletins.alertPanel')
  const format = useFormat()
  if (view.alerts.length === 0) return null
  return (
    <>
      <ul className={styles.list}>
        {view.alerts.map(({ id, messageType, sentAt, expiresAt, isTakenDown }) => (
          <li key={id} className={styles.entry}>
            <span className={styles.head}>
              <span className={styles.who}>{t(`types.${messageType}`)}</span>
              <time dateTime={sentAt.toISOString()}>{format.dateTime(sentAt)}</time>
            </span>
            <span className={styles.note}>
              {t('until', { at: format.dateTime(expiresAt) })}{' '}
              {isTakenDown ? (
                t('takenDown')
              ) : (
                <a href={`/feeds/alerts/${id}.xml`} target="_blank" rel="noreferrer">
                  {t('openXml')}
                </a>
              )}
            </span>
          </li>
        ))}
      </ul>
      <div className={styles.actions}>
        <Button size="small" onClick={() => moves.offer(view, 'correct')}>
          {t('update')}
        </Button>
        <Button size="small" onClick={() => moves.offer(view, 'withdraw')}>
          {t('cancel')}
        </Button>
        <Button size="small" onClick={() => moves.offer(view, 'correct')}>
          {t('allClear')}
        </Button>
      </div>
      <p className={styles.hint}>{t('sentHint')}</p>
    </>
  )
}

function Message({ id, version }: { id: string; version: number }) {
  const t = useTranslations('bulletins.alertPanel')
  const trpc = useTRPC()
  const [isShown, setShown] = useState(false)
  const { data } = useQuery({ ...trpc.bulletins.alert.queryOptions(id), enabled: isShown, staleTime: 0 })
  return (
    <>
      <div className={styles.actions}>
        <Button size="small" variant="quiet" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
          {t('showXml')}
        </Button>
      </div>
      {isShown && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users must be able to scroll it
        <pre key={version} className={styles.xml} tabIndex={0}>
          {data ?? t('noXml')}
        </pre>
      )}
    </>
  )
}
