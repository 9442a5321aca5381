'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import type { PhotoKind } from '#server/reports/rules/parts.ts'
import { dropWaiting, isPhoto, keyOf, useOutbox, type WaitingPhoto } from './outbox.ts'
import { lookIntoBox } from './photo-box.ts'
import styles from './WaitingPhotos.module.css'

type Props = { accountId: string | undefined; reportId: number; kinds: readonly PhotoKind[] }

export function useWaitingPhotos({ accountId, reportId, kinds }: Props): WaitingPhoto[] {
  return useOutbox(accountId)
    .filter(isPhoto)
    .filter((photo) => photo.reportId === reportId && kinds.includes(photo.photoKind))
}

/** Photos that wait on this machine to be sent; each can be taken back until it is sent. */
export function WaitingPhotos(props: Props) {
  const photos = useWaitingPhotos(props)
  if (photos.length === 0) return null
  return (
    <ul className={styles.list}>
      {photos.map((photo) => (
        <OnePhoto key={photo.id} photo={photo} />
      ))}
    </ul>
  )
}

/** The photo itself, if the browser's storage returns it. */
export function PhotoOnMachine({ photo }: { photo: WaitingPhoto }) {
  const t = useTranslations('outbox.photo')
  const address = useAddress(keyOf(photo))
  return (
    address && (
      // biome-ignore lint/performance/noImgElement: it lies on this machine
      <img className={styles.image} src={address} alt={t('alt', { name: photo.name })} />
    )
  )
}

function OnePhoto({ photo }: { photo: WaitingPhoto }) {
  const t = useTranslations('outbox.photo')
  const textOf = useRefusalText()
  return (
    <li className={styles.photo}>
      <PhotoOnMachine photo={photo} />
      <p className={styles.words}>{photo.refusal ? textOf(photo.refusal) : t('waits')}</p>
      <Button size="small" variant="quiet" onClick={() => dropWaiting(photo)}>
        {t('takeBack')}
      </Button>
    </li>
  )
}

function useAddress(key: string): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    let made: string | null = null
    let isGone = false
    lookIntoBox(key).then(
      (photo) => {
        if (!photo || isGone) return
        made = URL.createObjectURL(photo)
        setAddress(made)
      },
      () => undefined,
    )
    return () => {
      isGone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [key])
  return address
}
