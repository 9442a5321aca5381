'use client'

import { Camera, ImagePlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { usePhone } from '#components/ui/use-phone.ts'
import { photoTypes } from '#server/platform/rules/photo.ts'
import styles from './PhotoAdd.module.css'

type Props = {
  label: string
  uploading: string | null
  onFiles: (files: File[]) => void
  children?: ReactNode
}

/** A button that adds photos from the machine or the phone's camera; photos may also be dropped on the frame. */
export function PhotoAdd({ label, uploading, onFiles, children }: Props) {
  const t = useTranslations('report.photos')
  const phone = usePhone()
  const input = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const list = [...(files ?? [])]
    if (list.length > 0) onFiles(list)
  }
  const drag = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      take(event.dataTransfer.files)
    },
  }
  return (
    <div className={over ? styles.over : styles.frame} {...drag}>
      {children}
      <div className={styles.bar}>
        <Button size="small" icon={<ImagePlus />} busy={uploading !== null} onClick={() => input.current?.click()}>
          {label}
        </Button>
        {phone && (
          <Button size="small" icon={<Camera />} busy={uploading !== null} onClick={() => camera.current?.click()}>
            {t('take')}
          </Button>
        )}
        {uploading !== null && (
          <span className={styles.note} role="status">
            {t('uploading', { name: uploading })}
          </span>
        )}
        {over && <span className={styles.note}>{t('drop')}</span>}
      </div>
      {phone && (
        <input
          ref={camera}
          type="file"
          hidden
          accept="image/*"
          capture="environment"
          onChange={(event) => {
            take(event.target.files)
            event.target.value = ''
          }}
        />
      )}
      {/* The button stands for the input, for screen readers as well. */}
      <input
        ref={input}
        type="file"
        hidden
        accept={Object.keys(photoTypes).join(',')}
        multiple
        onChange={(event) => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
    </div>
  )
}
