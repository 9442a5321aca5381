import type { Fault } from './fault.ts'

/** A test that has run. `why`: the first line of what it said when it failed. */
export type TestResult = { file: string; title: string; passed: boolean; why?: string | undefined }

const placeholder = /\$\{[^}]*\}|\$\w+|%[a-zA-Z]/

/** The title of a test as a regular expression, in which anything may stand for what each of its rows brings. */
export function patternOf({ title, row }: Pick<Fault['caughtBy'], 'title' | 'row'>): string {
  const pattern = title.split(placeholder).map(literally).join('.*')
  return row === undefined ? pattern : `(?=.*${literally(row)})${pattern}`
}

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

type Outcome = { result: 'failed' | 'passed' | 'did not run'; why?: string | undefined }

/** What became of the test that must notice this fault; of several under its title, one that fails is enough. */
export function outcomeOf({ caughtBy }: Fault, results: readonly TestResult[]): Outcome {
  const pattern = new RegExp(patternOf(caughtBy))
  const own = results.filter(({ file, title }) => caughtBy.file.endsWith(file) && pattern.test(title))
  const failed = own.find(({ passed }) => !passed)
  if (failed) return { result: 'failed', why: failed.why }
  return { result: own.length > 0 ? 'passed' : 'did not run' }
}

type VitestTest = { fullName: string; status: string; failureMessages?: string[] | null }
export type VitestReport = { testResults: { name: string; assertionResults: VitestTest[] }[] }

/** The results in the JSON report of Vitest, with file names relative to the folder. */
export function resultsOfVitest({ testResults }: VitestReport, folder: string): TestResult[] {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ fullName, status, failureMessages }) => ({
        file: name.slice(folder.length + 1),
        title: fullName,
        passed: status === 'passed',
        why: failureMessages?.[0]?.split('\n')[0],
      })),
  )
}

const listed = /^\s*([✓✘])\s+\d+ (?:\[\w+\] › )?(\S+?):\d+:\d+ › (.*) \([\d.]+(?:ms|[smh])\)$/
const explained = /^\s*\d+\) (?:\[\w+\] › )?(\S+?):\d+:\d+ › (.*?)[\s─]*$/

/** The results in what Playwright's list reporter has written. */
export function resultsOfPlaywright(output: string): TestResult[] {
  const lines = output.split('\n')
  const reasons = lines.flatMap((line, at) => {
    const [, file, title] = explained.exec(line) ?? []
    const why = lines.slice(at + 1).find((after) => after.trim())
    return file && title ? [{ file, title, why: why?.trim() }] : []
  })
  return lines.flatMap((line) => {
    const [, sign, file, title] = listed.exec(line) ?? []
    if (!file || !title) return []
    // Here the steps within the test follow its title.
    const reason = reasons.find((each) => each.file === file && each.title.startsWith(title))
    return [{ file, title, passed: sign === '✓', why: reason?.why }]
  })
}
