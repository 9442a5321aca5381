'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Copy, Link2, Link2Off, Monitor, Moon, Smartphone, Sun, Tablet, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type RefCallback, useCallback, useEffect, useId, useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { BulletinView } from '#server/bulletins/queries/bulletin.ts'
import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'
import styles from './PreviewPanel.module.css'

const devices = { phone: Smartphone, tablet: Tablet, desktop: Monitor } as const
type Device = keyof typeof devices
/** Widths of their screens, in pixels. */
const widths: Readonly<Record<Device, number>> = { phone: 390, tablet: 760, desktop: 1100 }

type Props = {
  view: BulletinView
  content: BulletinContent
  lang: 'vi' | 'en'
  mayShare: boolean
  /** Saves what is being typed, so that the link shows it. */
  onSave: () => Promise<number | null>
  onClose: () => void
}

/** Milliseconds without typing before the preview follows. */
const restMillis = 600

/**
 * The bulletin as readers will see it, on a phone, a tablet or a desktop, light or dark: the real page, rendered by the
 * server from what is being typed, saved or not.
 */
export function PreviewPanel({ view, content, lang, mayShare, onSave, onClose }: Props) {
  const t = useTranslations('bulletins')
  const [device, setDevice] = useState<Device>('phone')
  const [isDark, setDark] = useState(false)
  const frame = `preview-${useId()}`
  const typed = useRested(content)
  const [measure, room] = useWidth()
  const width = widths[device]
  // A screen wider than the place for it is shown smaller, not narrower: a narrower page has another layout.
  const scale = Math.min(1, room / width) || 1
  useEffect(
    () =>
      postInto(frame, `/api/bulletins/${view.id}/preview`, {
        content: JSON.stringify(typed),
        lang,
        paper: isDark ? 'dark' : 'light',
      }),
    [frame, view.id, typed, lang, isDark],
  )
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
                data-device={each}
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
        <IconButton label={t('previewing.close')} className={styles.close} onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div className={styles.stage}>
        <div ref={measure}>
          <div className={styles.screen} style={{ width: width * scale }}>
            <iframe
              name={frame}
              title={t('previewing.page')}
              className={styles.frame}
              style={{ width, height: `${100 / scale}%`, transform: `scale(${scale})` }}
            />
          </div>
        </div>
      </div>
    </section>
  )
}

/** Opens an address in a frame, with fields in the body: they are too long for the address. */
function postInto(frame: string, address: string, fields: Readonly<Record<string, string>>): void {
  const form = document.createElement('form')
  Object.assign(form, { action: address, method: 'post', enctype: 'multipart/form-data', target: frame, hidden: true })
  form.append(
    ...Object.entries(fields).map(([name, value]) =>
      Object.assign(document.createElement('textarea'), { name, value }),
    ),
  )
  document.body.append(form)
  form.submit()
  form.remove()
}

/** The width of an element, also after it changes; zero until it is measured. */
function useWidth(): [RefCallback<HTMLElement>, number] {
  const [width, setWidth] = useState(0)
  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [measure, width]
}

/** The text as last typed, once typing has paused. */
function useRested(content: BulletinContent): BulletinContent {
  const [rested, setRested] = useState(content)
  useEffect(() => {
    const timer = setTimeout(() => setRested(content), restMillis)
    return () => clearTimeout(timer)
  }, [content])
  return rested
}

type LinkProps = { id: string; live: number; onSave: () => Promise<number | null> }

/**
 * A preview link for people without an account: expires after a day, when the bulletin is published, or when revoked.
 */
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
  const copy = async (path: string) => {
    await navigator.clipboard.writeText(new URL(path, window.location.href).href)
    toast({ text: t('copied'), tone: 'success' })
  }
  return (
    <div className={styles.links}>
      {make.data ? (
        <Button size="small" icon={<Copy />} onClick={() => void copy(make.data.path)}>
          {t('copyLink')}
        </Button>
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
      {make.data && <span className={styles.until}>{t('until', { at: format.dateTime(make.data.expiresAt) })}</span>}
    </div>
  )
}
