/** A day or a month of a period with its sum; without one where its rows are to be counted. */
export type Piece<Sum> = { from: Date; to: Date; sum: Sum | null }

/**
 * The same period with at most this many ranges of rows: each of them costs the database several queries, whereas a few
 * more days in a range cost little. The shortest sums between two ranges are dropped; all others stay, however many
 * there are.
 */
export function withFewStretches<Sum>(pieces: readonly Piece<Sum>[], most: number): Piece<Sum>[] {
  const runs = runsOf(pieces)
  const stretches = runs.filter(({ isSummed }) => !isSummed).length
  const between = runs.slice(1, -1).filter(({ isSummed }) => isSummed)
  const giveWay = new Set(
    between.sort((one, other) => lengthOf(one) - lengthOf(other)).slice(0, Math.max(0, stretches - most)),
  )
  return runs.flatMap((run) => (giveWay.has(run) ? run.pieces.map((piece) => ({ ...piece, sum: null })) : run.pieces))
}

type Run<Sum> = { isSummed: boolean; pieces: Piece<Sum>[] }

function runsOf<Sum>(pieces: readonly Piece<Sum>[]): Run<Sum>[] {
  const runs: Run<Sum>[] = []
  for (const piece of pieces) {
    const isSummed = piece.sum !== null
    const last = runs.at(-1)
    if (last?.isSummed === isSummed) last.pieces.push(piece)
    else runs.push({ isSummed, pieces: [piece] })
  }
  return runs
}

const lengthOf = <Sum>({ pieces }: Run<Sum>): number =>
  pieces.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0)
