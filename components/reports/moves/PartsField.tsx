'use client'

import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { photoAddress } from '#components/reports/photos/photo-address.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { CheckBox } from '#components/ui/Ticks.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import type { PartView } from '#server/reports/queries/parts.ts'
import type { Parts } from '#server/reports/rules/split.ts'
import styles from './PartsField.module.css'

type Props = {
  label: string
  reportId: number
  value: Parts | undefined
  onChange: (parts: Parts) => void
}

const none: Parts = { messageIds: [], noteIds: [], fileIds: [] }
const keyOf = { message: 'messageIds', note: 'noteIds', photo: 'fileIds' } as const

/** Messages, notes and photos to pick from: the selected ones move to the report that is split off. */
export function PartsField({ label, reportId, value = none, onChange }: Props) {
  const t = useTranslations('report.parts')
  const common = useTranslations('failures')
  const trpc = useTRPC()
  const group = useRef<HTMLFieldSetElement>(null)
  const { data, error, refetch } = useQuery({ ...trpc.reports.partsToPick.queryOptions(reportId), staleTime: 0 })
  const toggle = ({ kind, id }: PartView, isPicked: boolean) => {
    const others = value[keyOf[kind]].filter((each) => each !== id)
    onChange({ ...value, [keyOf[kind]]: isPicked ? [...others, id] : others })
  }
  // The retry button disappears with the failure; the focus stays here, before what replaces it.
  const tryAgain = () => {
    group.current?.focus()
    void refetch()
  }
  return (
    <fieldset ref={group} className={styles.group} tabIndex={-1}>
      <legend className={styles.legend}>{label}</legend>
      {!data && !error && <Skeleton height={44} />}
      {!data && error && (
        <div className={styles.failed} role="alert">
          <TriangleAlert size={16} aria-hidden="true" />
          <p>{t('failed')}</p>
          <Button size="small" onClick={tryAgain}>
            {common('retry')}
          </Button>
        </div>
      )}
      {data?.length === 0 && <p className={styles.none}>{t('none')}</p>}
      <ul className={styles.list}>
        {data?.map((part) => (
          <li key={`${part.kind}-${part.id}`}>
            <label className={styles.part}>
              <CheckBox
                checked={value[keyOf[part.kind]].includes(part.id)}
                onChange={(event) => toggle(part, event.target.checked)}
              />
              <PartWords part={part} />
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function PartWords({ part }: { part: PartView }) {
  const t = useTranslations('report.parts')
  const kinds = useTranslations('report.photos.kinds')
  const name =
    part.kind === 'photo'
      ? kinds(part.photo)
      : t(part.kind === 'note' ? 'note' : part.message === 'reply' ? 'reply' : 'added')
  return (
    <span className={styles.words}>
      <span className={styles.about}>
        <b>{name}</b>
        {part.by && ` · ${part.by}`} · <TimeText at={part.at} />
      </span>
      {part.kind === 'photo' ? (
        // biome-ignore lint/performance/noImgElement: an image service would need the sign-in
        <img className={styles.photo} src={photoAddress(part.id, 'thumb')} alt="" loading="lazy" decoding="async" />
      ) : (
        <span className={styles.body} lang="vi">
          {part.body}
        </span>
      )}
    </span>
  )
}
