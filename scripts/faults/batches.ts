import type { Fault } from './fault.ts'
import { patternOf } from './results.ts'

/**
 * Groups of faults that are applied together, because they share a build: no two in a group change the same file or
 * are caught by the same test.
 */
export function batchesOf(faults: readonly Fault[]): Fault[][] {
  const batches: Fault[][] = []
  for (const fault of faults) {
    const batch = batches.find((others) => others.every((other) => mayStandTogether(fault, other)))
    if (batch) batch.push(fault)
    else batches.push([fault])
  }
  return batches
}

function mayStandTogether(one: Fault, other: Fault): boolean {
  const sameTest = one.caughtBy.file === other.caughtBy.file && patternOf(one.caughtBy) === patternOf(other.caughtBy)
  return one.file !== other.file && !sameTest
}
