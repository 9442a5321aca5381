import type { Connection, Database } from '#db/client.ts'
import { placesOfCloses } from '../rules/closed-again.ts'
import type { Grain } from '../rules/period.ts'
import { Tally } from '../rules/tally.ts'
import { countClosedAgain } from './closed-again.ts'
import { countRows, countTwice } from './count-rows.ts'
import { type CountedFrame, countedFrames } from './counted.ts'
import { stepOfHour, type Under } from './frames.ts'
import { keptPast } from './kept-past.ts'
import { memoryOf, type Source } from './memory.ts'
import { backlogChanges } from './open.ts'
import { addKnownSums, areUnchanged, piecesOf, slicesUnder } from './sums.ts'
import { replacedIn } from './unsettled.ts'

const frameNames = Object.keys(countedFrames) as CountedFrame[]
/** How often it is read by several connections at once; after that by one, in whose snapshot nothing changes. */
const mostTries = 2
/** After everything that is known: the moment of the sums. */
export const endOfTime = new Date('9999-12-31T00:00:00Z')

/**
 * All that is counted under some filters, from the sums of whole days where they exist, else from the rows. Sums are as
 * of the end of all time: rows that were not settled yet at the moment of the figures are subtracted, and counted as of
 * that moment. As issued, the same is done to reports that were known otherwise.
 */
export async function tallyOf(
  db: Database,
  under: Under,
  grain: Grain,
  isWanted?: (place: string) => boolean,
  tries = mostTries,
): Promise<Tally> {
  const slices = await slicesUnder(db, under)
  const asked = { under, grain, isWanted, slices }
  const memory = memoryOf(db)
  const past = { under, slices, since: under.span.from, more: grain }
  return keptPast(
    db,
    memory.talliesOf(isWanted),
    past,
    () => readUntilWhole({ db, memory }, asked, tries),
    (tally) => tally.compact(),
  )
}

type Asked = {
  under: Under
  grain: Grain
  isWanted: ((place: string) => boolean) | undefined
  slices: string[] | null
}

async function readUntilWhole({ db, memory }: Source & { db: Database }, asked: Asked, tries: number): Promise<Tally> {
  for (let left = tries; left > 0; left -= 1) {
    const tally = await readTally({ db, memory }, asked)
    if (tally) return tally
  }
  const tally = await db.transaction((tx) => readTally({ db: tx, memory }, asked), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  })
  if (!tally) throw new Error('sums have gone from a snapshot')
  return tally
}

/** Null where rows of these days were written meanwhile, and their sums with them. */
async function readTally(source: Source, { under, grain, isWanted, slices }: Asked): Promise<Tally | null> {
  const { db } = source
  const tally = new Tally()
  const pieces = await piecesOf(db, under, grain, slices)
  const { asOf } = under.span
  const within = (stretch: { from: Date; to: Date }, part = under): Under => ({
    ...part,
    span: { ...part.span, ...stretch },
  })
  const stored: Under = { ...under, retold: null }
  const replaced = replacedIn(under)
  const countsChanges = isWanted?.('step changes') !== false
  const countsCloses = placesOfCloses.some((place) => isWanted?.(place) !== false)
  const takeSums = async (): Promise<string | null> => {
    const known = await addKnownSums(source, pieces, grain, tally, isWanted)
    if (!known) return null
    const { settled, sumVersions } = known
    const unsettled = frameNames.filter((frame) => !settled || (settled[frame] ?? 0) * 1000 > asOf.getTime())
    await Promise.all(
      pieces.summed.flatMap((stretch) => [
        ...unsettled.map((frame) => turnInto(tally, db, { under: within(stretch, stored), grain, frame, isWanted })),
        ...replaced.flatMap((part) => {
          const counting = { ...part, under: within(stretch, part.under), grain, isWanted }
          return [
            ...frameNames.map((frame) => countInto(tally, db, { ...counting, frame })),
            countsChanges ? countChanges(db, counting.under, grain, tally, part.weight) : undefined,
          ]
        }),
      ]),
    )
    return sumVersions
  }
  const [sumVersions] = await Promise.all([
    takeSums(),
    ...pieces.rest.flatMap((stretch) => [
      ...frameNames.map((frame) => countInto(tally, db, { under: within(stretch), grain, frame, isWanted })),
      countsChanges ? countChanges(db, within(stretch), grain, tally) : undefined,
    ]),
    countsCloses ? countClosedAgain(source, under, grain, tally) : undefined,
  ])
  return sumVersions !== null && (await areUnchanged(db, pieces, sumVersions)) ? tally : null
}

type Counting = {
  under: Under
  grain: Grain
  frame: CountedFrame
  isWanted: ((place: string) => boolean) | undefined
  weight?: 1 | -1
}

const stepWithin = (frame: CountedFrame, grain: Grain) => ({
  step: { number: stepOfHour(countedFrames[frame].hour, grain) },
})

async function countInto(
  tally: Tally,
  db: Connection,
  { under, grain, frame, isWanted, weight = 1 }: Counting,
): Promise<void> {
  await countRows(db, frame, under, { more: stepWithin(frame, grain), isWanted }, (row, { step }, add) =>
    add(tally, String(step[row]), weight),
  )
}

/** Turns rows that are in the sums into what they were at the moment of the figures. */
async function turnInto(tally: Tally, db: Connection, { under, grain, frame, isWanted }: Counting): Promise<void> {
  const moments = { earlier: under, end: atTheEnd(under) }
  const reading = { more: stepWithin(frame, grain), isWanted }
  await countTwice(db, frame, moments, reading, (row, { step }, weight, add) => add(tally, String(step[row]), weight))
}

const atTheEnd = (under: Under): Under => ({ ...under, span: { ...under.span, asOf: endOfTime } })

async function countChanges(db: Connection, under: Under, grain: Grain, tally: Tally, weight = 1): Promise<void> {
  for (const { step, change } of await backlogChanges(db, under, grain)) {
    tally.add('step changes', String(step), 0, weight * change)
  }
}
