import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { Grain } from '../rules/period.ts'
import { Tally } from '../rules/tally.ts'
import { countClosedAgain } from './closed-again.ts'
import { type CountedFrame, countedFrames, countRows } from './counted.ts'
import { isUnsettled, moment, stepOfHour, type Under } from './frames.ts'
import { backlogChanges } from './open.ts'
import { addKnownSums, areStanding, piecesOf, piecesOfRows } from './sums.ts'

const frameNames = Object.keys(countedFrames) as CountedFrame[]
/** So often sums may be taken away while they are read; then the rows are counted. */
const mostTries = 3
/** After everything that is known: here the sums stand. */
export const endOfTime = new Date('9999-12-31T00:00:00Z')

/**
 * All that is counted under some filters, from the sums of whole days where there are such, else from the rows. Sums stand as of the
 * end of all time: rows that were not settled yet at the moment of the figures are taken out, and counted as of that moment.
 */
export async function tallyOf(
  db: Database,
  under: Under,
  grain: Grain,
  isWanted?: (place: string) => boolean,
  tries = mostTries,
): Promise<Tally> {
  const tally = new Tally()
  const pieces = tries === 0 ? piecesOfRows(under) : await piecesOf(db, under, grain)
  const { asOf } = under.span
  const within = ({ from, to }: { from: Date; to: Date }, at = asOf): Under => ({
    ...under,
    span: { ...under.span, from, to, asOf: at },
  })
  const takeSums = async (): Promise<string | null> => {
    const known = await addKnownSums(db, pieces, grain, tally, isWanted)
    if (!known) return null
    const { settled, standing } = known
    const unsettled = frameNames.filter((frame) => (settled[frame] ?? 0) * 1000 > asOf.getTime())
    const narrowedOf = (frame: CountedFrame) =>
      frame === 'cohort' ? isUnsettled(asOf) : sql`f.settled_at > ${moment(asOf)}`
    await Promise.all(
      pieces.summed.flatMap((stretch) =>
        unsettled.flatMap((frame) => [
          countInto(tally, 1, db, { under: within(stretch), grain, frame, isWanted, narrowed: narrowedOf(frame) }),
          countInto(tally, -1, db, {
            under: within(stretch, endOfTime),
            grain,
            frame,
            isWanted,
            narrowed: narrowedOf(frame),
          }),
        ]),
      ),
    )
    return standing
  }
  const [standing] = await Promise.all([
    takeSums(),
    ...pieces.rest.flatMap((stretch) => [
      ...frameNames.map((frame) => countInto(tally, 1, db, { under: within(stretch), grain, frame, isWanted })),
      isWanted?.('step changes') === false ? undefined : countChanges(db, within(stretch), grain, tally),
    ]),
    countClosedAgain(db, under, grain, tally),
  ])
  // Else somebody wrote rows of these days meanwhile, and took their sums away.
  return standing !== null && (await areStanding(db, pieces, standing))
    ? tally
    : tallyOf(db, under, grain, isWanted, tries - 1)
}

type Counting = {
  under: Under
  grain: Grain
  frame: CountedFrame
  isWanted: ((place: string) => boolean) | undefined
  narrowed?: SQL
}

async function countInto(
  tally: Tally,
  weight: number,
  db: Database,
  { under, grain, frame, isWanted, narrowed }: Counting,
): Promise<void> {
  const more = { step: { number: stepOfHour(countedFrames[frame].hour, grain) } }
  await countRows(db, frame, under, { more, narrowed, isWanted }, (row, { step }, add) =>
    add(tally, String(step[row]), weight),
  )
}

async function countChanges(db: Database, under: Under, grain: Grain, tally: Tally): Promise<void> {
  for (const { step, change } of await backlogChanges(db, under, grain)) {
    tally.add('step changes', String(step), 0, change)
  }
}
