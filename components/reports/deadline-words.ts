import { useTranslations } from 'next-intl'
import { workingDuration } from '#server/calendars/rules/durations.ts'
import { measureOf, type Standing } from '#server/calendars/rules/standing.ts'

const hoursMatterBelow = 10

/** A length of working time, and the state of a deadline, as text: "2 ngày 3 giờ", "còn 35 phút", "quá hạn 1 giờ". */
export function useDeadlineWords() {
  const t = useTranslations('reports.deadline')

  /** `exact` keeps the minutes of a time under a day; chips drop them. */
  const lengthOf = (minutes: number, minutesPerDay: number, exact = false): string => {
    const { days, hours, minutes: rest } = workingDuration(minutes, minutesPerDay)
    if (days > 0) return hours > 0 ? t('daysHours', { days, hours }) : t('days', { days })
    if (hours === 0) return t('minutes', { minutes: rest })
    return exact && rest > 0 ? t('hoursMinutes', { hours, minutes: rest }) : t('hours', { hours })
  }

  /** `short` drops the hours beside days; from ten days on hours do not matter. */
  const standingOf = ({ kind, minutes, minutesPerDay }: Standing, short = false): string => {
    if (kind === 'none' || kind === 'paused') return t(kind)
    if (kind === 'overdue' && minutes < 1) return t('due')
    const days = Math.floor(minutes / minutesPerDay)
    const whole = days >= (short ? 1 : hoursMatterBelow) ? days * minutesPerDay : minutes
    return t(kind, { length: lengthOf(whole, minutesPerDay) })
  }

  /** Beside a pin of the map: "quá 2 giờ". */
  const latenessOf = ({ minutes, minutesPerDay }: Standing): string => {
    const days = Math.floor(minutes / minutesPerDay)
    if (minutes < 1) return t('due')
    return t('late', { length: lengthOf(days >= 1 ? days * minutesPerDay : minutes, minutesPerDay) })
  }

  /** What that length counts: "giờ làm việc", "ngày làm việc", "tính cả đêm". */
  const countedOf = (standing: Standing): string => {
    const measure = measureOf(standing)
    return measure ? t(`counted.${measure}`) : ''
  }

  return { lengthOf, standingOf, latenessOf, countedOf }
}
