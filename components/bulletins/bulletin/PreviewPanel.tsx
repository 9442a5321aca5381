'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link2, Link2Off, Monitor, Moon, Smartphone, Sun, Tablet, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { BulletinView } from '#server/bulletins/queries/bulletin.ts'
import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'
import { DocumentView } from '../document/DocumentView.tsx'
import { useNumberWords } from '../use-number-words.ts'
import styles from './PreviewPanel.module.css'

const devices = { phone: Smartphone, tablet: Tablet, desktop: Monitor } as const
type Device = keyof typeof devices

type Props = {
  view: BulletinView
  content: BulletinContent
  lang: 'vi' | 'en'
  mayShare: boolean
  /** Saves what is being typed, so that the link shows it. */
  onSave: () => Promise<number | null>
  onClose: () => void
}

/** The bulletin as readers will have it, on a phone, a tablet, a desk, by day and by night. */
export function PreviewPanel({ view, content, lang, mayShare, onSave, onClose }: Props) {
  const t = useTranslations('bulletins')
  const format = useFormat()
  const numberOf = useNumberWords()
  const [device, setDevice] = useState<Device>('phone')
  const [isDark, setDark] = useState(false)
  const text = content[lang] ?? content.vi
  return (
    <section className={styles.panel} aria-label={t('previewing.title')}>
      <header className={styles.head}>
        <h2 className={styles.name}>{t('previewing.title')}</h2>
        <span className={styles.devices}>
          {(Object.keys(devices) as Device[]).map((each) => {
            const Icon = devices[each]
            return (
              <IconButton
                key={each}
                label={t(`previewing.${each}`)}
                aria-pressed={device === each}
                onClick={() => setDevice(each)}
              >
                <Icon />
              </IconButton>
            )
          })}
          <IconButton
            label={t(isDark ? 'previewing.light' : 'previewing.dark')}
            aria-pressed={isDark}
            onClick={() => setDark(!isDark)}
          >
            {isDark ? <Sun /> : <Moon />}
          </IconButton>
        </span>
        {mayShare && <SecretLinks id={view.id} live={view.livePreviews} onSave={onSave} />}
        <IconButton label={t('previewing.close')} onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div className={styles.stage}>
        <article className={styles.frame} data-device={device} data-paper={isDark ? 'dark' : 'light'} lang={lang}>
          <p className={styles.kicker}>
            {t(`kinds.${content.kind}`)} · {t(`severities.${content.severity}`)}
          </p>
          <h3 className={styles.title}>{text.title || t('untitled')}</h3>
          <p className={styles.meta}>
            {[numberOf(view), format.dateTime(view.publishedAt ?? view.updatedAt), content.source]
              .filter(Boolean)
              .join(' · ')}
          </p>
          {text.summary && <p className={styles.summary}>{text.summary}</p>}
          <DocumentView document={text.body} lang={lang} />
          {content.contact && <p className={styles.meta}>{t('previewing.contact', { contact: content.contact })}</p>}
        </article>
      </div>
    </section>
  )
}

type LinkProps = { id: string; live: number; onSave: () => Promise<number | null> }

/** For somebody without an account: dies after a day, as soon as the bulletin goes out, and when it is revoked. */
function SecretLinks({ id, live, onSave }: LinkProps) {
  const t = useTranslations('bulletins.previewing')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const format = useFormat()
  const refetch = () => queries.invalidateQueries(trpc.bulletins.byId.queryFilter(id))
  const onError = (error: unknown) => toast({ text: textOf(error), tone: 'failure' })
  const make = useMutation(trpc.bulletins.makePreview.mutationOptions({ onSuccess: refetch, onError }))
  const revoke = useMutation(
    trpc.bulletins.revokePreviews.mutationOptions({
      onSuccess: ({ revoked }) => {
        make.reset()
        toast({ text: t('revoked', { count: revoked }), tone: 'success' })
        return refetch()
      },
      onError,
    }),
  )
  return (
    <>
      {make.data ? (
        <span className={styles.link}>
          <CopyButton text={new URL(make.data.path, window.location.href).href} what={t('linkName')} />
          {t('until', { at: format.dateTime(make.data.expiresAt) })}
        </span>
      ) : (
        <Button
          size="small"
          icon={<Link2 />}
          busy={make.isPending}
          onClick={() => void onSave().then((saved) => saved !== null && make.mutate({ id, hours: 24 }))}
        >
          {t('makeLink')}
        </Button>
      )}
      {live > 0 && (
        <Button size="small" icon={<Link2Off />} busy={revoke.isPending} onClick={() => revoke.mutate({ id })}>
          {t('revokeLinks', { count: live })}
        </Button>
      )}
    </>
  )
}
