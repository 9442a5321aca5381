import type { Queue } from '#server/reports/rules/queue.ts'
import { queueParameters } from '#server/reports/rules/queue-address.ts'

const home = '/triage'

/** The shortest address of the desk: the filters and the current report. */
export function triageAddress(queue: Queue, code: string | null = null): string {
  const parameters = queueParameters(queue)
  parameters.delete('view')
  if (code) parameters.set('at', code)
  const text = parameters.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
  return text === '' ? home : `${home}?${text}`
}
