'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { isNote, useOutbox, type WaitingNote } from '#components/reports/outbox/outbox.ts'
import { Button } from '#components/ui/Button.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useOnline } from '#components/ui/use-online.ts'
import { localDayNumber } from '#server/platform/rules/local-day.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { TimelineEntry } from '#server/reports/rules/timeline.ts'
import { answerInCard } from './AnswerCard.tsx'
import { useReportDesk } from './desk.ts'
import { foreseenNote } from './foreseen-note.ts'
import styles from './Timeline.module.css'
import { TimelineItem } from './TimelineItem.tsx'
import { useEventWords } from './use-event-words.ts'

/** Of a long timeline the beginning and the end are shown; the entries between are one click away. */
const atTheStart = 1
const atTheEnd = 20

/** Everything that happened, the newest last: `n` and `b` move from entry to entry. */
export function Timeline({ onlyWords }: { onlyWords: boolean }) {
  const t = useTranslations('report.timeline')
  const { report, myself } = useReportDesk()
  const waiting = useNotesUnderWay(report, myself?.id)
  const isOnline = useOnline()
  const format = useFormat()
  const words = useEventWords(report)
  const list = useRef<HTMLOListElement>(null)
  const [whole, setWhole] = useState(false)

  const entries = useMemo(
    () => [
      ...(onlyWords ? report.timeline.filter(isSpoken) : report.timeline),
      ...waiting.map((note, i) => foreseenNote(report.timeline, note, i, myself?.name ?? '')),
    ],
    [report.timeline, onlyWords, waiting, myself?.name],
  )
  const hidden = whole ? 0 : Math.max(0, entries.length - atTheStart - atTheEnd)
  const shown = hidden > 0 ? [...entries.slice(0, atTheStart), ...entries.slice(-atTheEnd)] : entries

  const step = (by: number) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLElement)
    const next = at === -1 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by))
    items[next]?.focus()
  }
  useCommands('report', { 'report.nextEvent': () => step(1), 'report.previousEvent': () => step(-1) })
  // A card above the timeline asks for a decision: then the page opens with the card visible.
  useOpensAtTheEnd(list, report.id, report.requests.length === 0 && answerInCard(report) === null)

  return (
    <>
      {entries.length === 0 && <p className={styles.empty}>{t('empty')}</p>}
      <ol ref={list} className={styles.list}>
        {shown.map((entry, i) => (
          <TimelineItem
            key={entry.id}
            entry={entry}
            words={words}
            waits={waiting.some(({ id, isLate }) => id === entry.noteId && (isLate || !isOnline))}
            day={isNewDay(entry, shown[i - 1]) ? format.date(entry.at) : null}
            gap={
              hidden > 0 && i === atTheStart ? (
                <Button size="small" variant="quiet" onClick={() => setWhole(true)}>
                  {t('earlier', { count: hidden })}
                </Button>
              ) : null
            }
          />
        ))}
      </ol>
    </>
  )
}

/** The user's own notes that the timeline does not contain yet. */
function useNotesUnderWay({ id, timeline }: ReportView, accountId: string | undefined): readonly WaitingNote[] {
  const outbox = useOutbox(accountId)
  return useMemo(
    () =>
      outbox
        .filter(isNote)
        .filter((note) => note.reportId === id && !note.refusal && !timeline.some(({ noteId }) => noteId === note.id)),
    [outbox, id, timeline],
  )
}

const isSpoken = ({ words, answerId }: TimelineEntry): boolean => words !== null || answerId !== null

const dayOf = ({ at }: TimelineEntry) => localDayNumber(at.getTime())
const isNewDay = (entry: TimelineEntry, before: TimelineEntry | undefined) => !before || dayOf(before) !== dayOf(entry)

/** The latest entry matters most: where the timeline scrolls by itself, it opens at its end. */
function useOpensAtTheEnd(list: { current: HTMLElement | null }, reportId: number, wanted: boolean) {
  const opened = useRef<number | null>(null)
  useEffect(() => {
    const frame = list.current?.closest<HTMLElement>('[data-scroll]')
    if (!frame || opened.current === reportId) return
    opened.current = reportId
    if (wanted) frame.scrollTop = frame.scrollHeight
  }, [list, reportId, wanted])
}
