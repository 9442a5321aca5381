type Length = { key: 'daysHours' | 'hoursMinutes' | 'minutes'; values: Record<string, number> }

/** A duration of the clock, as the message that states it: minutes below an hour, then hours, then days. */
export function lengthOnTheWall(minutes: number): Length {
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60)]
  if (days > 0) return { key: 'daysHours', values: { days, hours: Math.round((minutes % 1440) / 60) } }
  if (hours > 0) return { key: 'hoursMinutes', values: { hours, minutes: minutes % 60 } }
  return { key: 'minutes', values: { minutes } }
}
