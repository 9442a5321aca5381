import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take far longer than their size tells. Begun as the last ones, they would run beside idle processors. */
export const slow = [
  'server/bulk/undo.test.ts',
  'server/insights/golden/contract.test.ts',
  'db/seed.test.ts',
  'server/trpc/fuzz.test.ts',
  'server/insights/golden/changed-sums.test.ts',
  'server/insights/golden/sums.test.ts',
  'server/trpc/lists.test.ts',
  'server/insights/golden/as-of.test.ts',
  'server/trpc/planted.test.ts',
  'server/insights/commands/fill-sums.test.ts',
  'server/insights/golden/as-issued.test.ts',
  'components/notifications/notifications.browser.test.tsx',
  'components/reports/report/take-over.browser.test.tsx',
]

/** Within a project, slow files begin first and the others follow in Vitest's own order. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) => slow.some((file) => moduleId.endsWith(`/${file}`))
    const byProject = Map.groupBy(await super.sort(files), ({ project }) => project.name)
    return [...byProject.values()].flatMap((own) => [...own.filter(isSlow), ...own.filter((file) => !isSlow(file))])
  }
}
