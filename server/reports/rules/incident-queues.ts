import { handledStates, reportStates } from './lifecycle.ts'
import { type Queue, queueOf } from './queue.ts'

export const incidentCounts = ['total', 'open', 'handled', 'rejected', 'overdue', 'urgentOpen', 'unassigned'] as const
export type IncidentCount = (typeof incidentCounts)[number]

const notMerged = reportStates.filter((state) => state !== 'merged')

/** The queue that each count of an incident opens: exactly the reports that were counted. */
export function queueOfCount(incident: string, count: IncidentCount): Queue {
  switch (count) {
    case 'total':
      return queueOf('all', { incident, states: notMerged })
    case 'open':
      return queueOf('open', { incident })
    case 'handled':
      return queueOf('all', { incident, states: [...handledStates] })
    case 'rejected':
      return queueOf('all', { incident, states: ['rejected'] })
    case 'overdue':
      return queueOf('overdue', { incident })
    case 'urgentOpen':
      return queueOf('open', { incident, severities: ['urgent'] })
    case 'unassigned':
      return queueOf('all', { incident, states: ['awaiting_intake'] })
  }
}
