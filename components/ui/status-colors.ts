import type { ColourName } from './tokens.ts'

type StatusColour = {
  /** Text, dot, icon, chart line, map pin. */
  ink: ColourName
  /** The soft background of a chip. */
  ground: ColourName
}

/** One map for chips, charts, map pins and exports: report states, kinds of deadline, severities. */
export const statusColours = {
  awaiting_intake: { ink: 's-intake', ground: 'soon-soft' },
  awaiting_acceptance: { ink: 's-accept', ground: 'pause-soft' },
  in_progress: { ink: 's-progress', ground: 'accent-soft' },
  awaiting_citizen: { ink: 's-citizen', ground: 'pause-soft' },
  awaiting_approval: { ink: 's-approval', ground: 'soon-soft' },
  answered: { ink: 's-answered', ground: 'ok-soft' },
  closed: { ink: 's-closed', ground: 'pause-soft' },
  rejected: { ink: 's-rejected', ground: 'wrong-soft' },
  merged: { ink: 's-merged', ground: 'pause-soft' },
  none: { ink: 'ink-3', ground: 'line-2' },
  paused: { ink: 'pause', ground: 'pause-soft' },
  in_time: { ink: 'ok', ground: 'ok-soft' },
  soon: { ink: 'soon', ground: 'soon-soft' },
  overdue: { ink: 'late', ground: 'late-soft' },
  failed: { ink: 'wrong', ground: 'wrong-soft' },
  urgent: { ink: 'grave', ground: 'grave-soft' },
  normal: { ink: 'ink-2', ground: 'line-2' },
  complex: { ink: 's-accept', ground: 'pause-soft' },
} as const satisfies Record<string, StatusColour>

export type StatusName = keyof typeof statusColours

/** For CSS: follows the scheme by itself. */
export function statusInk(status: StatusName): string {
  return `var(--${statusColours[status].ink})`
}

export function statusGround(status: StatusName): string {
  return `var(--${statusColours[status].ground})`
}
