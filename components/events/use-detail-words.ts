'use client'

import { useLocale, useMessages, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useFormat } from '#components/ui/use-format.ts'
import { codesIn, fieldsIn, type Words } from './known-codes.ts'

/** Names for the ids in the details: filled by the query, absent in a form. */
export type DetailNames = Readonly<Record<string, string>>

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/
const day = /^(\d{4})-(\d{2})-(\d{2})$/

/** The database sorts the shorter name first. */
const fromFirst = ([a]: [string, unknown], [b]: [string, unknown]) => Number(b === 'from') - Number(a === 'from')

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

const isId = (value: unknown): boolean =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)

const isInterval = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === 'number')

/** Translates fields and values of the event log as far as the page has the messages. */
export function useDetailWords(names: DetailNames = {}) {
  const t = useTranslations('events')
  const format = useFormat()
  const messages = useMessages() as Record<string, unknown>
  const weekdays = useWeekdays()
  return useMemo(() => {
    const lengthOf = (minutes: number) => {
      const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
      if (hours === 0) return t('length.minutes', { minutes: rest })
      return rest === 0 ? t('length.hours', { hours }) : t('length.hoursMinutes', { hours, minutes: rest })
    }
    const fieldOf = fieldsIn(messages)
    const codeOf = codesIn(messages)
    const wordsOf = (field: string, value: unknown): string => {
      if (value === null || value === undefined || value === '') return t('nothing')
      if (typeof value === 'boolean') return value ? t('yes') : t('no')
      if (typeof value === 'number') {
        if (field === 'minute') return clock(value)
        return names[`${field}:${value}`] ?? (/minutes$/i.test(field) ? lengthOf(value) : format.number(value))
      }
      if (typeof value === 'string') return names[value] ?? codeOf(field, value) ?? plainText(value)
      if (field === 'weekly') return weekOf(value as Record<string, unknown>)
      if (Array.isArray(value)) {
        if (value.length === 0) return t('nothing')
        // Messages, notes and photos are counted: their ids mean nothing to a reader.
        if (value.every((each) => isId(each) && !names[each as string])) return format.number(value.length)
        if (field === 'intervals' && isInterval(value)) return `${clock(value[0])}–${clock(value[1])}`
        return value.map((each) => wordsOf(field, each)).join(', ')
      }
      return Object.entries(value)
        .sort(fromFirst)
        .map(([key, part]) => `${fieldOf(key)}: ${wordsOf(key, part)}`)
        .join('; ')
    }
    const plainText = (text: string) => {
      if (isId(text)) return t('unnamed')
      if (instant.test(text)) return format.dateTime(new Date(text))
      return text.replace(day, '$3/$2/$1')
    }
    const weekOf = (weekly: Record<string, unknown>) =>
      Object.entries(weekly)
        .filter(([, hours]) => Array.isArray(hours) && hours.length > 0)
        .map(([weekday, hours]) => `${weekdays[weekday] ?? weekday} ${wordsOf('intervals', hours)}`)
        .join('; ')
    return { fieldOf, wordsOf }
  }, [t, format, messages, weekdays, names])
}

function useWeekdays(): Words {
  const locale = useLocale()
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
    // 05/01/1970 was a Monday.
    return Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((i) => [String(i), format.format(Date.UTC(1970, 0, 4 + i))]))
  }, [locale])
}
