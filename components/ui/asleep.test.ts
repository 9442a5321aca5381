import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const textOf = (file: string) => readFileSync(file, 'utf8')
/** The messages of a page bring the mark along. */
const hasMark = (file: string) => /<(?:Asleep|ClientMessages)\b/.test(textOf(file))
const isMarked = (page: string) =>
  hasMark(page) ||
  [...textOf(page).matchAll(/from '(\.{1,2}\/[^']+\.tsx)'/g)].some(([, near = '']) =>
    hasMark(join(dirname(page), near)),
  )

const waits = new Set(globSync('app/**/loading.tsx').map(dirname))
const isBelowWait = (folder: string): boolean => folder !== '.' && (waits.has(folder) || isBelowWait(dirname(folder)))

test('every page that hydrates by itself says until then that it is asleep', () => {
  const pages = globSync('app/**/page.tsx').filter((page) => isBelowWait(dirname(page)))
  expect(pages.length).toBeGreaterThan(20)
  expect(pages.filter((page) => !isMarked(page))).toEqual([])
})

test('so does every part of a page that is fetched later and rendered by the server', () => {
  const parts = globSync('components/**/*.tsx').flatMap((file) => {
    const later = [...textOf(file).matchAll(/= dynamic\(\(\) => import\('([^']+)'\)[^\n]*/g)]
    return later.filter(([line]) => !line.endsWith('{')).map(([, part = '']) => join(dirname(file), part))
  })
  expect(parts.length).toBeGreaterThan(2)
  expect([...parts, 'components/reports/report/ReportView.tsx'].filter((part) => !hasMark(part))).toEqual([])
})
