import { constants } from 'node:os'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runCommand } from './run.ts'
import { step, stepsSideBySide } from './step.ts'

let shown = ''
beforeEach(() => {
  shown = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    shown += text
    return true
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('steps side by side: one line says what is left, and each that is done leaves a line', async () => {
  vi.useFakeTimers()
  const [city, build] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const both = stepsSideBySide({
    city: (progress) => {
      progress('reports 10 %')
      return city.promise
    },
    build: () => build.promise,
  })
  await vi.advanceTimersByTimeAsync(15_000)
  city.resolve()
  await vi.advanceTimersByTimeAsync(15_000)
  build.resolve()
  await both
  expect(shown.trimEnd().split('\n')).toEqual([
    '… Left after 15.0 s: city (reports 10 %), build',
    '✓ city (15.0 s)',
    '… Left after 30.0 s: build',
    '✓ build (30.0 s)',
  ])
})

test('if one of them fails, the program of the other is ended, and the first error is thrown', async () => {
  const both = stepsSideBySide({
    build: async (_, signal) => {
      const { code } = await runCommand(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { signal })
      if (code !== 0) throw new Error('the build ended')
    },
    city: async () => {
      throw new Error('the disk is full')
    },
  })
  await expect(both).rejects.toThrow('the disk is full')
  expect(shown).toMatch(/^✗ city \(.*\)\n– stopped: build \(.*\)\n$/)
})

test('a step beside other output says only its end', async () => {
  vi.useFakeTimers()
  const build = Promise.withResolvers<void>()
  const finished = step('build', () => build.promise, { onlyItsEnd: true })
  await vi.advanceTimersByTimeAsync(60_000)
  build.resolve()
  await finished
  expect(shown).toBe('✓ build (60.0 s)\n')
})

test('a program that runs aside has a low priority, and so has what it starts', async () => {
  const priority = 'require("node:os").getPriority()'
  const child = `require("node:child_process").execFileSync(process.execPath, ["-p", ${JSON.stringify(priority)}])`
  const { output } = await runCommand(process.execPath, ['-p', `${priority} + " " + ${child}`], { aside: true })
  const { PRIORITY_LOW: low } = constants.priority
  expect(output.trim()).toBe(`${low} ${low}`)
})
