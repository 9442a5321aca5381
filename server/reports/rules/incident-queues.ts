import { handledStates, openStates, reportStates } from './lifecycle.ts'
import { type Queue, queueOf } from './queue.ts'

export const incidentCounts = ['total', 'open', 'handled', 'rejected', 'overdue', 'urgentOpen', 'unassigned'] as const
export type IncidentCount = (typeof incidentCounts)[number]

const notMerged = reportStates.filter((state) => state !== 'merged')

/**
 * The queue that each count of an incident opens: exactly the reports that were counted, also those that the reader has
 * put off, which every other view leaves out.
 */
export function queueOfCount(incident: string, count: IncidentCount): Queue {
  switch (count) {
    case 'total':
      return queueOf('all', { incident, states: notMerged })
    case 'open':
      return queueOf('all', { incident, states: [...openStates] })
    case 'handled':
      return queueOf('all', { incident, states: [...handledStates] })
    case 'rejected':
      return queueOf('all', { incident, states: ['rejected'] })
    case 'overdue':
      return queueOf('all', { incident, states: [...openStates], deadlines: ['overdue'] })
    case 'urgentOpen':
      return queueOf('all', { incident, states: [...openStates], severities: ['urgent'] })
    case 'unassigned':
      return queueOf('all', { incident, states: ['awaiting_intake'] })
  }
}
