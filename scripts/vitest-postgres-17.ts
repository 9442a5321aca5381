import type { TestProject } from 'vitest/node'
import { postgres17 } from './postgres-17.ts'
import { provideDatabase } from './vitest-database.ts'

export default function setup(project: TestProject): Promise<() => Promise<unknown>> {
  return provideDatabase(project, postgres17)
}
