'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useStepBeyond } from '#components/keyboard/use-step-beyond.ts'
import { NewsPill } from '#components/ui/NewsPill.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import type { BulletinBrief, BulletinCounts, BulletinPage } from '#server/bulletins/queries/list.ts'
import { type DeskState, deskQuery } from '#server/bulletins/rules/desk-address.ts'
import { noDeskFilters } from '#server/bulletins/rules/desk-filters.ts'
import { mostReleased } from '#server/bulletins/rules/lifecycle.ts'
import { useBulletinMoves } from '../moves/use-bulletin-moves.tsx'
import styles from './BulletinDesk.module.css'
import { BulletinPreview } from './BulletinPreview.tsx'
import { bulletinRowId } from './BulletinRow.tsx'
import { BulletinTable } from './BulletinTable.tsx'
import { DeskFilters } from './DeskFilters.tsx'
import { DeskViews } from './DeskViews.tsx'
import { ReleaseBar } from './ReleaseBar.tsx'
import { useBulletinList } from './use-bulletin-list.ts'
import { useDeskAddress } from './use-desk-address.ts'
import { useRoomy } from './use-roomy.ts'

type Props = {
  /** The first page of the list, loaded by the server. */
  first: { desk: DeskState; page: BulletinPage; counts: BulletinCounts }
  /** Filters that the address of the page fixes: the incident of a storm desk. */
  fixed?: Partial<DeskState>
  /** Whether the account may publish several bulletins at once. */
  mayRelease: boolean
  /** Above the list: the title, the counters, and what creates a bulletin. */
  header: ReactNode
}

const nothing: Partial<DeskState> = {}

/** Bulletins by state, with the keys of a reviewer: next row, preview, approve, request changes, publish. */
export function BulletinDesk({ first, fixed = nothing, mayRelease, header }: Props) {
  const t = useTranslations('bulletins')
  const router = useRouter()
  const roomy = useRoomy()
  const { desk, show } = useDeskAddress(fixed)
  const list = useBulletinList(desk, first)
  const { rows } = list
  const [chosenId, setChosenId] = useState<string | null>(null)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [isPeeking, setPeeking] = useState(false)
  const table = useRef<HTMLTableElement>(null)
  const moves = useBulletinMoves({
    // A reviewer moves on to the next row, whether or not the decided one stays in the list.
    onMoved: ({ id }, move) => {
      const place = rows.findIndex((row) => row.id === id)
      const next = rows[place + 1] ?? rows[place - 1]
      if (next && (move === 'approve' || move === 'request_changes')) setChosenId(next.id)
    },
  })

  const focusedId = rows.some(({ id }) => id === chosenId) ? chosenId : roomy ? (rows[0]?.id ?? null) : null
  const at = rows.findIndex(({ id }) => id === focusedId)
  const focused = rows[at]

  const go = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))]
    if (!row) return false
    setChosenId(row.id)
    document.getElementById(bulletinRowId(row.id))?.scrollIntoView({ block: 'nearest' })
  }
  const open = useCallback((row: BulletinBrief) => router.push(`/bulletins/${row.id}`), [router])
  const select = useCallback(
    (row: BulletinBrief) =>
      setSelected((before) => {
        const next = new Set(before)
        if (!next.delete(row.id) && next.size < mostReleased) next.add(row.id)
        return next
      }),
    [],
  )
  const focus = useCallback((row: BulletinBrief) => setChosenId(row.id), [])
  const showDesk = (next: DeskState) => {
    setSelected(new Set())
    show(next)
  }

  const { isWaiting, stepBeyond } = useStepBeyond({
    from: `${deskQuery(desk)} ${focusedId}`,
    isThere: at + 1 < rows.length,
    isComing: list.hasMore,
    onThere: () => go(at + 1),
  })
  useCommands(
    'list',
    {
      'list.next': (press) => {
        // A repeated key press from holding the key stays on the last row until more rows are loaded.
        if (list.hasMore && at === rows.length - 1 && !press?.repeat) stepBeyond(false)
        return go(at + 1)
      },
      'list.previous': () => go(at < 0 ? 0 : at - 1),
      'list.open': () => (focused ? (roomy ? open(focused) : setPeeking(true)) : false),
      'list.peek': () => (focused ? setPeeking(true) : false),
      'list.openInTab': () => (focused ? void window.open(`/bulletins/${focused.id}`, '_blank', 'noopener') : false),
      'list.select': () => (focused ? select(focused) : false),
      'list.selectAll': () =>
        setSelected(selected.size > 0 ? new Set() : new Set(rows.slice(0, mostReleased).map(({ id }) => id))),
      'list.loadNew': () => void list.reload(),
      'list.clear': () => (selected.size > 0 ? setSelected(new Set()) : false),
    },
    { active: !isWaiting },
  )
  useCommands(
    'review',
    {
      'review.approve': () => (focused ? moves.offer(focused, 'approve') : false),
      'review.requestChanges': () => (focused ? moves.offer(focused, 'request_changes') : false),
      'review.publish': () => (focused ? moves.offer(focused, 'publish') : false),
    },
    { active: !isWaiting },
  )

  const chosen = rows.filter(({ id }) => selected.has(id))
  useEffect(() => {
    if (rows.length === 0) setPeeking(false)
  }, [rows.length])

  return (
    <div className={styles.desk}>
      <div className={styles.views}>
        <DeskViews desk={desk} counts={list.counts} onDesk={showDesk} />
      </div>
      <section className={styles.list} aria-label={t('title')}>
        <div className={styles.top}>
          {header}
          <DeskFilters desk={desk} fixed={fixed} counts={list.counts} onDesk={showDesk} />
          <NewsPill busy={list.isReloading} onLoad={() => void list.reload()}>
            {list.hasNews && t('list.news')}
          </NewsPill>
        </div>
        <BulletinTable
          ref={table}
          desk={desk}
          list={list}
          focusedId={focusedId}
          selected={selected}
          onFocus={focus}
          onOpen={open}
          onSelect={select}
          onClear={() => showDesk({ ...desk, ...noDeskFilters, view: 'all' })}
        />
        {chosen.length > 0 && (
          <ReleaseBar
            bulletins={chosen}
            mayRelease={mayRelease}
            onDone={() => {
              setSelected(new Set())
              void list.reload()
            }}
            onClear={() => setSelected(new Set())}
          />
        )}
      </section>
      {roomy && (
        <aside className={styles.preview} aria-label={t('preview.label')}>
          {focused ? (
            <BulletinPreview brief={focused} moves={moves} />
          ) : (
            <p className={styles.nothing}>{t('preview.nothing')}</p>
          )}
        </aside>
      )}
      {isPeeking && focused && (
        <Sheet open title={focused.title || t('untitled')} width={560} onClose={() => setPeeking(false)}>
          <BulletinPreview brief={focused} moves={moves} />
        </Sheet>
      )}
      {moves.dialog}
    </div>
  )
}
