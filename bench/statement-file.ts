import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Statement } from './jobs.ts'

/** The file of a floor: the statements of each of its addresses. */
export function statementFile(statements: readonly Statement[][]): string {
  const path = join(tmpdir(), `ihanoi-bench-${randomUUID()}.json`)
  writeFileSync(path, JSON.stringify(statements))
  return path
}
