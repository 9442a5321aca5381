import type { Database } from '#db/client.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { buildActor, type StaffActor } from './accounts.ts'
import { type BuiltAgency, buildAgency } from './agencies.ts'

export type Team = { agency: BuiltAgency; officer: StaffActor; approver: StaffActor; dispatcher: StaffActor }

/** An agency with its officer and its approver, and a dispatcher of the city. */
export async function buildTeam(db: Database, wanted: Partial<BuiltAgency> = {}): Promise<Team> {
  const agency = await buildAgency(db, wanted)
  return {
    agency,
    officer: await buildActor(db, 'officer', agency, 'Trần Văn Hùng'),
    approver: await buildActor(db, 'approver', agency, 'Nguyễn Thị Hoa'),
    dispatcher: await buildActor(db, 'dispatcher'),
  }
}

/** The context of an actor at a moment in Hanoi's time: `10:30` is that of Monday 02/03/2026. */
export function actingAt<A>(db: Database, actor: A, local: string): { db: Database; actor: A; now: () => Date } {
  const moment = hanoi(local.length === 5 ? `2026-03-02 ${local}` : local)
  return { db, actor, now: () => moment }
}

/** The same moment at first, and by a clock that moves on each time it is read, as a real one does. */
export function movingOn<Ctx extends { now: () => Date }>(ctx: Ctx): Ctx {
  let reads = 0
  return { ...ctx, now: () => new Date(ctx.now().getTime() + 5 * reads++) }
}

/** The common input of every change: the report and the version that was seen. */
export const seen = ({ id, version }: { id: number; version: number }) => ({ reportId: id, version })
