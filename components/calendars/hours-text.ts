/** Minutes as hours to type: 150 → "2,5" in Vietnamese. */
export function hoursText(minutes: number, locale: string): string {
  const hours = String(Math.round((minutes / 60) * 100) / 100)
  return locale === 'vi' ? hours.replace('.', ',') : hours
}

/** "2,5", "2.5" or "2:30" as minutes; `NaN` for anything else, so that the form says what is wrong. */
export function minutesOf(text: string): number {
  const clock = /^\s*(\d{1,4}):([0-5]\d)\s*$/.exec(text)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2])
  if (!/^\s*\d{1,4}([.,]\d{1,2})?\s*$/.test(text)) return Number.NaN
  return Math.round(Number(text.replace(',', '.')) * 60)
}
