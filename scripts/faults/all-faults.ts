import { databaseFaults } from './database.ts'
import { edgeFaults } from './edge.ts'
import type { Fault } from './fault.ts'
import { figureFaults } from './figures.ts'
import { lookFaults } from './looks.ts'
import { ruleFaults } from './rules.ts'
import { screenFaults } from './screens.ts'

/** The yardstick: what the tests must notice, spread over all domains and layers. */
export const allFaults: readonly Fault[] = [
  ...ruleFaults,
  ...figureFaults,
  ...databaseFaults,
  ...edgeFaults,
  ...screenFaults,
  ...lookFaults,
]
